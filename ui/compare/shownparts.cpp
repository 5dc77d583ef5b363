#include "ui/compare/shownparts.h"

#include "core/base/async.h"

namespace Galley {

namespace {

constexpr int stillMs = 90;
constexpr qint64 manyPixels = 1'500'000;  ///< as many take a third of a frame to scale smoothly

} // namespace

ShownParts::ShownParts(QObject *parent)
    : QObject(parent)
{
    m_still.setSingleShot(true);
    m_still.setInterval(stillMs);
    connect(&m_still, &QTimer::timeout, this, &ShownParts::refine);
}

ShownParts::~ShownParts()
{
    m_pool.waitForDone();
}

const QImage &ShownParts::part(int key, const PicturePyramid::Ptr &pyramid, const QSizeF &full, const QRect &part)
{
    Shown &shown = m_parts[key];
    shown.isUsed = true;
    // One that was made quickly stays until refine() has a better one.
    if (shown.pyramid != pyramid || shown.full != full || shown.part != part)
        shown = {pyramid, full, part, shownPart(*pyramid, full, part, m_isQuick), m_isQuick};
    return shown.image;
}

void ShownParts::move(qint64 pixels)
{
    m_isQuick = pixels > manyPixels;
    if (m_isQuick)
        m_still.start();
}

void ShownParts::sweep()
{
    for (auto shown = m_parts.begin(); shown != m_parts.end();) {
        if (shown->isUsed)
            (shown++)->isUsed = false;
        else
            shown = m_parts.erase(shown);
    }
}

void ShownParts::refine()
{
    m_isQuick = false;
    for (auto shown = m_parts.cbegin(); shown != m_parts.cend(); ++shown) {
        if (!shown->isQuick)
            continue;
        const auto smooth = runOn(&m_pool, [pyramid = shown->pyramid, full = shown->full, part = shown->part] {
            return shownPart(*pyramid, full, part);
        });
        onFinished(smooth, this, [this, key = shown.key(), was = *shown](const QFuture<QImage> &done) {
            const auto now = m_parts.find(key);
            if (now == m_parts.end() || now->pyramid != was.pyramid || now->full != was.full || now->part != was.part || done.resultCount() == 0)
                return;
            now->image = done.result();
            now->isQuick = false;
            Q_EMIT refined();
        });
    }
}

} // namespace Galley
