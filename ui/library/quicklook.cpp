#include "ui/library/quicklook.h"

#include "core/base/async.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QThreadPool>

namespace Galley {

namespace {

constexpr int captionHeight = 32;

} // namespace

QuickLook::QuickLook(LibraryService *library, QWidget *parent)
    : QWidget(parent)
    , m_library(library)
{
    setObjectName(QStringLiteral("quickLook"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    parent->installEventFilter(this);
    hide();
}

void QuickLook::open(qint64 id, const QPixmap &thumbnail, const QString &title)
{
    setGeometry(parentWidget()->rect());
    showPicture(id, thumbnail, title);
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void QuickLook::showPicture(qint64 id, const QPixmap &thumbnail, const QString &title)
{
    m_title = title;
    setAccessibleName(tr("Quick look: %1").arg(title));
    if (id == m_id && !m_picture.isNull()) {
        update();
        return;
    }
    m_asked.cancel();
    m_id = id;
    m_thumbnail = thumbnail;
    m_picture = {};
    m_problem.clear();
    m_profile.clear();
    update();
    m_asked = m_library->picture(id, LibraryService::View::Composed);
    onFinished(m_asked, this, [this, id](const QFuture<Result<LibraryPicture>> &future) {
        if (id != m_id || future.isCanceled() || future.resultCount() == 0)
            return;
        const Result<LibraryPicture> picture = future.result();
        if (picture) {
            take(*picture);
            return;
        }
        m_problem = picture.error().message;
        setAccessibleDescription(m_problem);
        update();
    });
}

void QuickLook::take(const LibraryPicture &picture)
{
    // Large pictures take longer to scale than the window may stand still.
    m_size = picture.image.size();
    m_profile = picture.hasProfile ? picture.profile : tr("sRGB assumed");
    const QSize room = (QSizeF(placeOfPicture().size()) * devicePixelRatioF()).toSize();
    const auto scaled = runOn(QThreadPool::globalInstance(), [image = picture.image, room] {
        const bool fits = image.width() <= room.width() && image.height() <= room.height();
        const QImage shown = fits ? image : image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        return shown.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    });
    onFinished(scaled, this, [this, id = picture.id](const QFuture<QImage> &future) {
        if (id != m_id)
            return;
        m_picture = QPixmap::fromImage(future.result());
        update();
    });
}

QRect QuickLook::placeOfPicture() const
{
    return rect().adjusted(Theme::space4, Theme::space4, -Theme::space4, -captionHeight - Theme::space4);
}

void QuickLook::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ThemeColor::Surround));
    const QRect caption(0, height() - captionHeight, width(), captionHeight);
    const QRect room = placeOfPicture();
    const QPixmap &shown = m_picture.isNull() ? m_thumbnail : m_picture;
    if (!shown.isNull() && m_problem.isEmpty()) {
        // Never larger than its pixels: what looks soft would not be the picture.
        QSizeF size = QSizeF(shown.size()) / devicePixelRatioF();
        if (m_picture.isNull() || size.width() > room.width() || size.height() > room.height())
            size.scale(room.size(), Qt::KeepAspectRatio);
        QRect place(QPoint(), size.toSize());
        place.moveCenter(room.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(place, shown);
    }
    painter.fillRect(caption, theme.color(ThemeColor::Panel));
    painter.setPen(theme.color(ThemeColor::Text));
    painter.setFont(Theme::bodyFont());
    const QRect words = caption.adjusted(Theme::space3, 0, -Theme::space3, 0);
    const QString detail = m_picture.isNull() ? QString() : tr("%1 × %2, %3").arg(m_size.width()).arg(m_size.height()).arg(m_profile);
    const int detailWidth = painter.fontMetrics().horizontalAdvance(detail);
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, detail);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, words.width() - detailWidth - Theme::space4));
    if (m_problem.isEmpty())
        return;
    const QRect box = painter.boundingRect(room.adjusted(60, 0, -60, 0), Qt::AlignCenter | Qt::TextWordWrap, m_problem);
    painter.fillRect(box.adjusted(-Theme::space4, -Theme::space3, Theme::space4, Theme::space3), theme.color(ThemeColor::Panel));
    painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, m_problem);
}

void QuickLook::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Escape: hide(); break;
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_PageUp: Q_EMIT stepWanted(-1); break;
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_PageDown: Q_EMIT stepWanted(1); break;
    default: QWidget::keyPressEvent(event);
    }
}

void QuickLook::mousePressEvent(QMouseEvent *)
{
    hide();
}

bool QuickLook::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void QuickLook::hideEvent(QHideEvent *)
{
    m_asked.cancel();
    m_id = 0;
    m_picture = {};  // 64 MB, as like as not
    m_thumbnail = {};
    Q_EMIT closed();
}

} // namespace Galley
