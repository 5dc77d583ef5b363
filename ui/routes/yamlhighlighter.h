#pragma once

#include <QSyntaxHighlighter>

namespace Galley {

/// Light colours for YAML: keys, strings, numbers and comments. A reading aid only: what is right is for the parser to say.
class YamlHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit YamlHighlighter(QTextDocument *document);

    /// Takes the colours of \a widget's look (again).
    void setLook(const QWidget *widget);

protected:
    void highlightBlock(const QString &text) override;

private:
    qsizetype colorScalar(const QString &text, qsizetype start);

    QTextCharFormat m_key;
    QTextCharFormat m_string;
    QTextCharFormat m_number;
    QTextCharFormat m_comment;
};

} // namespace Galley
