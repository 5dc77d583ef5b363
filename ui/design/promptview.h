#pragma once

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QLabel;

namespace Galley {

class IconButton;
class TemplateDocument;

/// The compiled prompt of any dialect, read-only: what a model would be sent for the row on screen. Words that came from a slot
/// are marked; on request the difference to the text before the last edit is shown instead.
class PromptView : public QWidget
{
    Q_OBJECT

public:
    explicit PromptView(TemplateDocument *document, QWidget *parent = nullptr);

    QString text() const { return m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void compile();
    void show();
    void showPlain();
    void showDifference();

    TemplateDocument *m_document;
    QComboBox *m_dialect;
    IconButton *m_difference;
    QPlainTextEdit *m_view;
    QLabel *m_warnings;
    QString m_text;
    QString m_before;     ///< the text at the last undo step
    int m_step = -1;      ///< the undo step that m_text belongs to
    struct Span
    {
        int start;
        int end;
        QString slot;
    };
    QList<Span> m_spans;
};

} // namespace Galley
