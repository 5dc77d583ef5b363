#include "ui/library/librarytext.h"

#include "core/review/score.h"
#include "ui/queue/jobtext.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Galley {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Galley::Library)
};

/// The texts of the array \a key of \a object; nothing where it is something else.
QStringList textsOf(const Json &object, const char *key)
{
    QStringList texts;
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || found == object.end() || !found->is_array())
        return texts;
    for (const Json &each : *found) {
        if (each.is_string())
            texts << QString::fromStdString(each.get<std::string>());
    }
    return texts;
}

} // namespace

QString damagedWord()
{
    return Words::tr("damaged");
}

QString markWord(const QString &mark)
{
    return mark == QLatin1String("withdrawn") ? Words::tr("withdrawn") : mark;
}

QString unknownModelWord()
{
    return Words::tr("Model not known");
}

QString pickWord(PickState pick)
{
    switch (pick) {
    case PickState::None: return Words::tr("Undecided");
    case PickState::Picked: return Words::tr("Picked");
    case PickState::Rejected: return Words::tr("Rejected");
    }
    return {};
}

QString pickIcon(PickState pick)
{
    switch (pick) {
    case PickState::None: return QStringLiteral("radio_button_unchecked");
    case PickState::Picked: return QStringLiteral("check_circle");
    case PickState::Rejected: return QStringLiteral("block");
    }
    return {};
}

QString starsText(int stars)
{
    return stars == 0 ? Words::tr("No stars") : Words::tr("%n stars", nullptr, stars);
}

QString scoreTitleOf(const QString &name)
{
    const auto kind = scoreFromName(name);
    return kind ? scoreTitle(*kind) : name;
}

QString scoreLimitsOf(const QString &name)
{
    const auto kind = scoreFromName(name);
    return kind ? scoreLimits(*kind) : QString();
}

QString scoreText(double value)
{
    return QLocale().toString(value, 'f', 2);
}

QString pictureCount(int pictures)
{
    // The number is put in by hand: %n has no thousands separators.
    return Words::tr("%1 pictures", nullptr, pictures).arg(QLocale().toString(pictures));
}

QString templateText(const LibraryCard &card)
{
    const QString name = card.templateName.isEmpty() ? card.templateId : card.templateName;
    if (name.isEmpty())
        return Words::tr("no template");
    return card.row > 0 ? Words::tr("%1, row %2").arg(name).arg(card.row) : name;
}

QString captionText(const LibraryCard &card)
{
    return templateText(card);
}

QString captionTime(const LibraryCard &card)
{
    const QDateTime local = card.createdAt.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), QLocale::ShortFormat) : QLocale().toString(local.date(), QLocale::ShortFormat);
}

QString cardText(const LibraryCard &card, const ModelNames &names)
{
    const Judgement &judgement = card.judgement;
    QStringList parts{templateText(card), card.model().isEmpty() ? unknownModelWord() : names.label(card.model())};
    if (judgement.rating)
        parts << starsText(*judgement.rating);
    if (judgement.pick != PickState::None)
        parts << pickWord(judgement.pick);
    if (card.isDamaged)
        parts << damagedWord();
    if (!card.mark.isEmpty())
        parts << markWord(card.mark);
    if (!judgement.tags.isEmpty())
        parts << Words::tr("Tags: %1").arg(judgement.tags.join(QStringLiteral(", ")));
    parts << timeText(card.createdAt);
    return parts.join(QStringLiteral(", "));
}

QString cardTip(const LibraryCard &card, const ModelNames &names)
{
    QStringList lines{templateText(card), wayText(card, names)};
    lines << Words::tr("%1 × %2, %3").arg(card.size.width()).arg(card.size.height()).arg(timeText(card.createdAt));
    if (card.seed)
        lines << Words::tr("Seed %1").arg(*card.seed);
    if (card.costUsd)
        lines << priceText(*card.costUsd);
    if (!card.judgement.tags.isEmpty())
        lines << Words::tr("Tags: %1").arg(card.judgement.tags.join(QStringLiteral(", ")));
    if (!card.judgement.note.isEmpty())
        lines << card.judgement.note;
    if (card.isDamaged)
        lines << Words::tr("Its file is missing or has been altered. Library › Verify says more.");
    return lines.join(u'\n');
}

QString wayText(const LibraryCard &card, const ModelNames &names)
{
    QStringList way;
    for (const QString &each : {card.requestedModel, card.routedModel, card.servedModel}) {
        const QString label = each.isEmpty() ? QString() : names.label(each);
        if (!label.isEmpty() && (way.isEmpty() || way.last() != label))
            way << label;
    }
    return way.isEmpty() ? unknownModelWord() : way.join(QStringLiteral(" → "));
}

bool isFromCache(const AssetRecord &record)
{
    const auto found = record.provenance.is_object() ? record.provenance.find("from_cache") : record.provenance.end();
    return found != record.provenance.end() && *found == Json(true);
}

QStringList reasonsOf(const AssetRecord &record)
{
    const Json &provenance = record.provenance;
    if (!provenance.is_object() || !provenance.contains("decision"))
        return {};
    const Json &decision = provenance.at("decision");
    return textsOf(decision, "reasons") + textsOf(decision, "skipped");
}

QStringList timingsOf(const AssetRecord &record)
{
    const Json &provenance = record.provenance;
    if (!provenance.is_object() || !provenance.contains("timings_ms") || !provenance.at("timings_ms").is_object())
        return {};
    QList<std::pair<double, QString>> stages;
    for (const auto &[name, value] : provenance.at("timings_ms").items()) {
        if (value.is_number())
            stages.append({value.get<double>(), QString::fromStdString(name)});
    }
    std::stable_sort(stages.begin(), stages.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QStringList lines;
    for (const auto &[milliseconds, name] : std::as_const(stages))
        lines << Words::tr("%1: %2").arg(name, durationText(qint64(milliseconds)));
    return lines;
}

QString provenanceText(const AssetRecord &record)
{
    return QString::fromUtf8(dumpJson(record.provenance, 1));
}

} // namespace Galley
