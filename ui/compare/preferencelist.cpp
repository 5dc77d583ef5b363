#include "ui/compare/preferencelist.h"

#include "ui/widgets/theme.h"

#include <QLocale>
#include <QPainter>

namespace Galley {

namespace {

constexpr int lineHeight = 40;
constexpr int barTop = 24;
constexpr int barHeight = 6;

QString percent(double share)
{
    return QLocale().toString(100 * share, 'f', 0) + QStringLiteral(" %");
}

QString line(const ModelStrength &model)
{
    return PreferenceList::tr("%1 (%2 to %3), chosen %4, left out %5")
        .arg(percent(model.share), percent(model.low), percent(model.high))
        .arg(model.chosen)
        .arg(model.leftOut);
}

} // namespace

PreferenceList::PreferenceList(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("preferenceList"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    tell();
}

void PreferenceList::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    m_why.clear();
    tell();
}

void PreferenceList::setHidden(const QString &why)
{
    m_preferences = {};
    m_why = why;
    tell();
}

void PreferenceList::tell()
{
    QStringList lines{m_why.isEmpty() ? m_preferences.sentence : m_why};
    for (const ModelStrength &model : std::as_const(m_preferences.models))
        lines << model.model + QStringLiteral(": ") + line(model);
    lines.removeAll(QString());
    m_text = lines.join(u'\n');
    setAccessibleName(tr("Preferences per model"));
    setAccessibleDescription(m_text);
    setToolTip(m_why.isEmpty() && !m_preferences.models.isEmpty()
                   ? tr("The chance that a picture of this model is preferred to one of an average model of these, with the 95 % interval. "
                        "It tells what was picked here, not which model is better for other templates.")
                   : QString());
    updateGeometry();
    update();
}

int PreferenceList::sentenceHeight(int width) const
{
    const QString sentence = m_why.isEmpty() ? m_preferences.sentence : m_why;
    if (sentence.isEmpty())
        return 0;
    const QRect room(0, 0, std::max(80, width - 2 * Theme::space3), 1000);
    return QFontMetrics(Theme::bodyFont()).boundingRect(room, Qt::TextWordWrap, sentence).height() + Theme::space2;
}

int PreferenceList::heightForWidth(int width) const
{
    return sentenceHeight(width) + int(m_preferences.models.size()) * lineHeight + Theme::space2;
}

QSize PreferenceList::sizeHint() const
{
    return {260, heightForWidth(width() > 0 ? width() : 260)};
}

void PreferenceList::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    const QRect room = rect().adjusted(Theme::space3, 0, -Theme::space3, 0);
    painter.setFont(Theme::bodyFont());
    painter.setPen(theme.color(ThemeColor::Text));
    painter.drawText(room, Qt::TextWordWrap, m_why.isEmpty() ? m_preferences.sentence : m_why);
    int top = sentenceHeight(width());
    for (const ModelStrength &model : std::as_const(m_preferences.models)) {
        const QFontMetrics body{Theme::bodyFont()};
        painter.setFont(Theme::secondaryFont());
        const QString numbers = QStringLiteral("%1 (%2–%3)").arg(percent(model.share), percent(model.low), percent(model.high));
        const int taken = QFontMetrics(painter.font()).horizontalAdvance(numbers);
        const QRect words(room.left(), top, room.width(), barTop);
        painter.setPen(theme.color(ThemeColor::Secondary));
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, numbers);
        painter.setFont(Theme::bodyFont());
        painter.setPen(theme.color(ThemeColor::Text));
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, body.elidedText(model.model, Qt::ElideRight, room.width() - taken - Theme::space2));
        const QRectF bar(room.left(), top + barTop, room.width(), barHeight);
        painter.fillRect(bar, theme.color(ThemeColor::Line));
        painter.fillRect(QRectF(bar.left() + bar.width() * model.low, bar.top(), bar.width() * (model.high - model.low), bar.height()),
                         theme.color(ThemeColor::InputBorder));
        painter.fillRect(QRectF(bar.left() + bar.width() * model.share - 1.5, bar.top() - 3, 3, bar.height() + 6), theme.color(ThemeColor::Text));
        top += lineHeight;
    }
}

} // namespace Galley
