#include "ui/queue/jobdelegate.h"

#include "ui/queue/jobmodel.h"
#include "ui/queue/jobtext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/numbers.h"

#include <QLocale>
#include <QPainter>

namespace Galley {

namespace {

constexpr int thumbSide = 36;
constexpr int barHeight = 4;
constexpr int stripe = 3;

struct Ink
{
    Theme theme;
    QColor text;
    QColor quiet;
    bool selected;
};

QRect upperLine(const QRect &cell)
{
    return {cell.left(), cell.top() + 6, cell.width(), 18};
}

QRect lowerLine(const QRect &cell)
{
    return {cell.left(), cell.top() + 25, cell.width(), 16};
}

void drawLine(QPainter *painter, const QRect &rect, const QFont &font, const QColor &color, const QString &text)
{
    painter->setFont(font);
    painter->setPen(color);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
}

/// The picture in its own ratio on a quiet square, or the square alone: its space is always there.
void paintThumb(QPainter *painter, const QRect &square, const Job &job, const Ink &ink)
{
    painter->fillRect(square, ink.theme.color(ThemeColor::Surround));
    if (job.preview.isNull()) {
        paintIcon(*painter, QStringLiteral("image"), square.adjusted(10, 10, -10, -10), ink.theme.color(ThemeColor::Secondary));
        return;
    }
    const QSize size = job.preview.size().scaled(square.size(), Qt::KeepAspectRatio);
    QRect target(QPoint(), size);
    target.moveCenter(square.center());
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(target, job.preview);
    painter->restore();
}

void paintTitle(QPainter *painter, const QRect &cell, const Job &job, const Ink &ink)
{
    const QRect square(cell.left() + Theme::space2, cell.top() + (cell.height() - thumbSide) / 2, thumbSide, thumbSide);
    paintThumb(painter, square, job, ink);
    const QRect words = cell.adjusted(Theme::space2 + thumbSide + Theme::space2, 0, -Theme::space1, 0);
    QFont title = Theme::bodyFont();
    title.setWeight(QFont::Medium);
    drawLine(painter, upperLine(words), title, ink.text, job.title());
    QStringList more{laneWord(job.record.lane)};
    if (job.record.createdAt.isValid())
        more << QLocale().toString(job.record.createdAt.toLocalTime().time(), QLocale::ShortFormat);
    if (job.record.request.count > 1)
        more << JobModel::tr("%n pictures", nullptr, job.record.request.count);
    drawLine(painter, lowerLine(words), Theme::secondaryFont(), ink.quiet, more.join(QStringLiteral(" · ")));
}

void paintModel(QPainter *painter, const QRect &cell, const Job &job, const Ink &ink)
{
    drawLine(painter, upperLine(cell), Theme::bodyFont(), ink.text, modelsText(job));
    drawLine(painter, lowerLine(cell), Theme::secondaryFont(), ink.quiet, ruleText(job.record.decision.rule));
}

void paintState(QPainter *painter, const QRect &cell, const Job &job, const Ink &ink)
{
    const QRect line = upperLine(cell);
    const QColor tone = ink.selected ? ink.text : ink.theme.color(stateTone(job.record.state));
    paintIcon(*painter, stateIcon(job.record.state), QRect(line.left(), line.center().y() - 7, 16, 16), tone);
    drawLine(painter, line.adjusted(Theme::iconSize + Theme::space1 + 2, 0, 0, 0), Theme::bodyFont(), ink.text, stateWord(job.record.state));
    drawLine(painter, lowerLine(cell).adjusted(Theme::iconSize + Theme::space1 + 2, 0, 0, 0), Theme::secondaryFont(), ink.quiet,
             jobSentence(job));
}

void paintProgress(QPainter *painter, const QRect &cell, const Job &job, const Ink &ink)
{
    const JobState state = job.record.state;
    painter->setFont(Theme::secondaryFont());
    painter->setPen(ink.quiet);
    const QString text = QFontMetrics(Theme::secondaryFont()).elidedText(progressText(job), Qt::ElideRight, cell.width());
    if (state != JobState::Running && state != JobState::Sending) {
        drawTabular(*painter, upperLine(cell), Qt::AlignLeft, text);
        return;
    }
    drawTabular(*painter, lowerLine(cell), Qt::AlignLeft, text);
    const QRect bar(cell.left(), upperLine(cell).center().y() - barHeight / 2, cell.width(), barHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ink.theme.color(ink.selected ? ThemeColor::Secondary : ThemeColor::Pressed));
    painter->drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
    if (const double share = progressShare(job); share >= 0) {
        painter->setBrush(ink.selected ? ink.text : ink.theme.color(ThemeColor::Rendering));
        painter->drawRoundedRect(QRectF(bar.x(), bar.y(), qMax(double(barHeight), share * bar.width()), barHeight), barHeight / 2.0,
                                 barHeight / 2.0);
    }
    painter->restore();
}

void paintPrice(QPainter *painter, const QRect &cell, const Job &job, const Ink &ink)
{
    painter->setFont(Theme::bodyFont());
    painter->setPen(job.record.costUsd ? ink.text : ink.quiet);
    drawTabular(*painter, upperLine(cell), Qt::AlignRight, jobPrice(job));
}

} // namespace

QSize JobDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {80, rowHeight};
}

void JobDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const JobModel *>(index.model());
    const Job *job = model ? model->jobAt(index) : nullptr;
    if (!job)
        return;
    const Theme theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool undecided = job->record.state == JobState::Undecided || job->asks();
    const QColor text = selected ? option.palette.highlightedText().color() : theme.color(ThemeColor::Text);
    const Ink ink{theme, text, selected ? text : theme.color(ThemeColor::Secondary), selected};
    painter->save();
    if (selected)
        painter->fillRect(option.rect, option.palette.highlight());
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.color(ThemeColor::Hover));
    else if (undecided)
        painter->fillRect(option.rect, theme.color(ThemeColor::Raised));
    if (undecided && index.column() == 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), stripe, option.rect.height()), theme.color(ThemeColor::Stale));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(ThemeColor::Line));
    const QRect cell = option.rect.adjusted(Theme::space2, 0, -Theme::space2, 0);
    painter->setClipRect(option.rect);
    switch (index.column()) {
    case JobModel::TitleColumn: paintTitle(painter, option.rect, *job, ink); break;
    case JobModel::ModelColumn: paintModel(painter, cell, *job, ink); break;
    case JobModel::StateColumn: paintState(painter, cell, *job, ink); break;
    case JobModel::ProgressColumn: paintProgress(painter, cell, *job, ink); break;
    case JobModel::PriceColumn: paintPrice(painter, cell, *job, ink); break;
    default: break;
    }
    painter->restore();
}

} // namespace Galley
