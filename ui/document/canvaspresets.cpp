#include "ui/document/canvaspresets.h"

#include <QCoreApplication>

namespace Galley {

QList<CanvasPreset> canvasPresets()
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Galley::CanvasPresets", text); };
    return {
        {QStringLiteral("portrait-post"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Portrait Post")), {1080, 1350}},
        {QStringLiteral("square-post"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Square Post")), {1080, 1080}},
        {QStringLiteral("story"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Story")), {1080, 1920}},
        {QStringLiteral("poster-a4"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Poster A4, 150 dpi")), {1240, 1754}},
        {QStringLiteral("flyer-a5"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Flyer A5, 150 dpi")), {874, 1240}},
        {QStringLiteral("product-card"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Product Card")), {800, 1000}},
        {QStringLiteral("video-thumbnail"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Video Thumbnail")), {1280, 720}},
        {QStringLiteral("banner"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Wide Banner")), {1500, 500}},
        {QStringLiteral("slide"), tr(QT_TRANSLATE_NOOP("Galley::CanvasPresets", "Slide")), {1920, 1080}},
    };
}

} // namespace Galley
