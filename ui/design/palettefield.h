#pragma once

#include <QStringList>
#include <QWidget>

class QBoxLayout;

namespace Galley {

class IconButton;

/// A short list of colours: change, add, remove.
class PaletteField : public QWidget
{
    Q_OBJECT

public:
    PaletteField(const QString &name, int mostColors, QWidget *parent = nullptr);

    void setColors(const QStringList &colors);
    void setSlots(const QStringList &names);
    void setSwatches(const QStringList &colors);

Q_SIGNALS:
    void colorsEdited(const QStringList &colors);
    void editFinished();

private:
    void rebuild();

    QString m_name;
    int m_most;
    QStringList m_colors;
    QStringList m_slots;
    QStringList m_swatches;
    QBoxLayout *m_rows;
    IconButton *m_add;
};

} // namespace Galley
