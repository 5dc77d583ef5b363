#pragma once

#include "ui/compare/picturepyramid.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace Galley {

/// What is on screen of each picture, scaled once for each zoom and place: moving a wipe, swapping and flickering only copy it. While something moves on
/// a large screen, pixels are taken as they come and made smooth on a pool as soon as it stands still. GUI thread.
class ShownParts : public QObject
{
    Q_OBJECT

public:
    explicit ShownParts(QObject *parent = nullptr);
    ~ShownParts() override;

    /// The part \a part of a picture that is \a full large, both in device pixels. \a key: one for each picture on screen.
    const QImage &part(int key, const PicturePyramid::Ptr &pyramid, const QSizeF &full, const QRect &part);
    /// Something moves: for a moment what is new is made quickly where \a pixels (of the whole view) are many.
    void move(qint64 pixels);
    /// Those that were not asked for since the last call are let go: after painting.
    void sweep();
    void clear() { m_parts.clear(); }

Q_SIGNALS:
    void refined();

private:
    struct Shown
    {
        PicturePyramid::Ptr pyramid;
        QSizeF full;
        QRect part;
        QImage image;
        bool isQuick = false;
        bool isUsed = true;
    };
    void refine();

    QHash<int, Shown> m_parts;
    QTimer m_still;
    QThreadPool m_pool;
    bool m_isQuick = false;
};

} // namespace Galley
