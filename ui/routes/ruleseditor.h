#pragma once

#include "core/template/finding.h"

#include <QMap>
#include <QPlainTextEdit>

namespace Galley {

/// Plain text with line numbers, the current line, and problems marked at their lines by colour, glyph and a wavy line. Tabs become spaces, a new line
/// starts where the one before it did. Knows nothing of rules.
class RulesEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit RulesEditor(QWidget *parent = nullptr);

    /// Marks the lines of \a findings; tool tips say what they are.
    void setFindings(const QList<Finding> &findings);
    /// The cursor goes to \a line (from 1), which comes into view, and the editor gets the focus.
    void goToLine(int line);
    int currentLine() const;
    /// Makes \a text the whole text as one step that can be undone.
    void replaceText(const QString &text);
    /// Selects the next (or previous) place of \a words without regard to case, past the end from the start; false: there is none.
    bool findWords(const QString &words, bool forward);

    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const Finding *findingAt(const QPoint &position) const;
    void paintNumber(QPainter &painter, int line, const QRect &row, bool current) const;
    void indent(bool in);
    void breakLine();
    void showMarks();
    void setColors();

    QWidget *m_gutter;
    QMap<int, Finding> m_findings;  ///< the worst of each line
};

} // namespace Galley
