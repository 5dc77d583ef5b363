#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Galley {

/// One sentence with a shape that says how serious it is, and perhaps a button that helps. Part of a page; it stays until its cause goes.
class NoticeLine : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Info, Good, Warning, Error };

    explicit NoticeLine(QWidget *parent = nullptr);

    void showNotice(Kind kind, const QString &sentence);
    /// Empty: no button.
    void setButton(const QString &text);
    QString text() const;
    QPushButton *button() const { return m_button; }  ///< null until setButton()

Q_SIGNALS:
    void pressed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintGlyph();

    Kind m_kind = Kind::Info;
    QLabel *m_glyph;
    QLabel *m_text;
    QPushButton *m_button = nullptr;
};

} // namespace Galley
