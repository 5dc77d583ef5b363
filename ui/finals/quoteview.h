#pragma once

#include "core/service/finalservice.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QVBoxLayout;

namespace Galley {

class ElidedLabel;
class NoticeLine;
class SectionHeader;

/// What is said before anything is spent: price, what was spent today, the rule with its reasons, fallbacks, what the model cannot honour, what is
/// in the way and who helps, and the prompt as it will be sent.
class QuoteView : public QWidget
{
    Q_OBJECT

public:
    explicit QuoteView(QWidget *parent = nullptr);

    /// \a remedy: the word on the button beside what is in the way; empty: none.
    void showQuote(const Quote &quote, const QString &remedy);
    void showError(const QString &sentence, const QString &remedy);
    /// Replaces the price line: all rows.
    void showTotal(const QString &sentence);

Q_SIGNALS:
    void remedyWanted();

private:
    void showNotices(const QStringList &notices);

    QLabel *m_price;
    QLabel *m_budget;
    QLabel *m_route;
    QLabel *m_fallbacks;
    NoticeLine *m_obstacle;
    QVBoxLayout *m_notices;
    QWidget *m_noticePlace;
    SectionHeader *m_promptHeader;
    QPlainTextEdit *m_prompt;
};

/// "ideogram-4: If it is busy or offline" in words.
QString fallbackSentence(const RouteFallback &fallback);

} // namespace Galley
