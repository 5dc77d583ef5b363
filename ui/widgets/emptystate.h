#pragma once

#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;
class QPushButton;

namespace Galley {

/// What an empty view shows: a glyph, one sentence that says what to do, and buttons that do it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString &icon, const QString &sentence, QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    /// A button that triggers \a action; enabled state and text follow it.
    QPushButton *addAction(QAction *action);
    QPushButton *addButton(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintGlyph();

    QString m_icon;
    QLabel *m_glyph;
    QLabel *m_sentence;
    QBoxLayout *m_layout;
};

} // namespace Galley
