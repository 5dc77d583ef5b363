#include "ui/preview/drafttext.h"

#include "core/service/draftservice.h"
#include "core/template/tokenseed.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Galley {

namespace {

/// lupdate finds what goes through a tr() of a class.
struct DraftText
{
    Q_DECLARE_TR_FUNCTIONS(Galley::DraftText)
};

QString deviceName(const QString &device)
{
    if (device.compare(QLatin1String("cpu"), Qt::CaseInsensitive) == 0)
        return QStringLiteral("CPU");
    if (device.startsWith(QLatin1String("cuda"), Qt::CaseInsensitive))
        return QStringLiteral("GPU");
    return device;
}

/// A draft takes tenths of a second, and those are worth telling apart.
QString timeText(double milliseconds)
{
    const qint64 whole = std::max<qint64>(1, qRound64(milliseconds));
    return whole < 1000 ? DraftText::tr("%1 ms").arg(whole) : durationText(whole);
}

} // namespace

QString madeBy(const Draft &draft)
{
    QStringList parts;
    const QList<SubjectInfo> &subjects = draft.subjects;
    const auto generated = std::find_if(subjects.begin(), subjects.end(),
                                        [](const SubjectInfo &info) { return info.took == SubjectSource::Generated && !info.model.isEmpty(); });
    if (generated != subjects.end()) {
        parts << generated->model
              << QCoreApplication::translate("Galley::DraftText", "%n steps", nullptr, generated->steps);
    } else if (std::any_of(subjects.begin(), subjects.end(),
                           [](const SubjectInfo &info) { return info.took == SubjectSource::ClipArt; })) {
        parts << DraftText::tr("clip art");
    }
    if (draft.milliseconds > 0)
        parts << timeText(draft.milliseconds);
    if (generated != subjects.end() && !generated->device.isEmpty())
        parts << deviceName(generated->device);
    return parts.join(QStringLiteral(" · "));
}

QString fullStory(const Draft &draft)
{
    QStringList lines;
    if (const QString made = madeBy(draft); !made.isEmpty())
        lines << made;
    lines << DraftText::tr("Seed %1, %n steps", nullptr, draft.options.steps).arg(draft.options.seed);
    if (draft.row.number > 0)
        lines << DraftText::tr("Row %1").arg(draft.row.number);
    for (const SubjectInfo &info : draft.subjects) {
        QString line = info.tokenId + QStringLiteral(": ") + info.label;
        const ResolvedToken *token = draft.variant.findToken(info.tokenId);
        if (const auto seed = token ? tokenSeed(token->token) : std::nullopt; seed && info.took == SubjectSource::Generated)
            line += QStringLiteral(", ") + DraftText::tr("seed %1").arg(*seed);
        if (info.fromCache)
            line += QStringLiteral(", ") + DraftText::tr("from the cache");
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace Galley
