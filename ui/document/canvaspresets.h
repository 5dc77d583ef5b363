#pragma once

#include <QList>
#include <QSize>
#include <QString>

namespace Galley {

/// A canvas size that people ask for by name.
struct CanvasPreset
{
    QString id;    ///< "portrait-post"
    QString name;  ///< translated
    QSize size;
};

QList<CanvasPreset> canvasPresets();

} // namespace Galley
