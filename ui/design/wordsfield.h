#pragma once

#include <QPlainTextEdit>

namespace Galley {

/// A text of one to six lines that grows with what is typed. Tab leaves it. A person's change is edited(); editFinished() comes
/// when the focus goes (TemplateDocument::endMerge()).
class WordsField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit WordsField(const QString &name, QWidget *parent = nullptr);

    /// Silent; keeps the cursor where the text is the same.
    void showText(const QString &text);
    void setMixed(bool mixed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void edited(const QString &text);
    void editFinished();

protected:
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_silent = false;
};

} // namespace Galley
