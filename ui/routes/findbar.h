#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Galley {

class RulesEditor;

/// Finds words in the rules: Enter the next, Shift+Enter the one before, Escape leaves.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(RulesEditor *editor, QWidget *parent = nullptr);

    void open();
    void findNext(bool forward);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();

    RulesEditor *m_editor;
    QLineEdit *m_words;
    QLabel *m_result;
};

} // namespace Galley
