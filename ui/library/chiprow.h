#pragma once

#include <QStringList>
#include <QWidget>

class QToolButton;

namespace Galley {

/// Words that can be taken away one by one, in as many lines as they need. Backspace and Delete take the focused one away; the focus goes to its neighbour.
class ChipRow : public QWidget
{
    Q_OBJECT

public:
    explicit ChipRow(const QString &name, QWidget *parent = nullptr);

    /// Keeps the chips that stay, and with them the focus.
    void setChips(const QStringList &texts);
    QStringList chips() const { return m_texts; }
    /// Widgets that stand behind the last chip.
    void setTail(QWidget *tail);
    void setRemovable(bool removable, const QString &why = {});

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removed(int index);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int arrange(int width, bool move) const;
    QList<QWidget *> pieces() const;

    QStringList m_texts;
    QList<QToolButton *> m_buttons;
    QWidget *m_tail = nullptr;
    bool m_removable = true;
    QString m_why;
};

} // namespace Galley
