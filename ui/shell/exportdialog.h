#pragma once

#include <QDialog>
#include <QSize>

class QLabel;

namespace Galley {

class NumberField;

/// Asks for the size of an exported picture; width and height keep the ratio of the canvas.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// The largest side and area that a PNG of ours may have.
    static constexpr int longestSide = 16384;

    explicit ExportDialog(const QSize &canvas, QWidget *parent = nullptr);

    QSize size() const;

private:
    QSize m_canvas;
    NumberField *m_width;
    NumberField *m_height;
    QLabel *m_scale;
};

} // namespace Galley
