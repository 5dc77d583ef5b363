#include "ui/compare/parametertable.h"

#include "core/review/score.h"
#include "ui/widgets/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <functional>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ParameterTable", text);
}

/// A member of the provenance as text, wherever it lies; provenance may come from another version, or from elsewhere.
QString member(const Json &json, const char *key)
{
    if (!json.is_object())
        return {};
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return {};
    if (found->is_string())
        return QString::fromStdString(found->get<std::string>());
    if (found->is_number_integer())
        return QString::number(found->get<qint64>());
    if (found->is_number())
        return QLocale().toString(found->get<double>(), 'g', 4);
    if (found->is_boolean())
        return found->get<bool>() ? tr("yes") : tr("no");
    return {};
}

const Json &object(const Json &json, const char *key)
{
    static const Json nothing = Json::object();
    if (!json.is_object())
        return nothing;
    const auto found = json.find(key);
    return found != json.end() && found->is_object() ? *found : nothing;
}

/// As it was measured as a whole, else what its stages add up to. `shown` of a draft is the time until people saw it.
QString totalTime(const Json &provenance)
{
    const Json &timings = object(provenance, "timings_ms");
    if (const auto total = timings.find("total"); total != timings.end() && total->is_number())
        return durationText(qRound64(total->get<double>()));
    double sum = 0;
    for (const auto &[stage, milliseconds] : timings.items()) {
        if (milliseconds.is_number() && stage != "shown")
            sum += milliseconds.get<double>();
    }
    return sum > 0 ? durationText(qRound64(sum)) : QString();
}

QString reasons(const Json &provenance)
{
    const Json &decision = object(provenance, "decision");
    const auto found = decision.find("reasons");
    QStringList texts;
    if (found != decision.end() && found->is_array()) {
        for (const Json &reason : *found) {
            if (reason.is_string())
                texts << QString::fromStdString(reason.get<std::string>());
        }
    }
    return texts.join(u' ');
}

QString attempts(const Json &provenance)
{
    const auto found = provenance.is_object() ? provenance.find("attempts") : provenance.end();
    return found != provenance.end() && found->is_array() ? QString::number(found->size()) : QString();
}

using Read = std::function<QString(const ComparePicture &)>;

Read told(const char *key)
{
    return [key](const ComparePicture &picture) { return member(picture.record.provenance, key); };
}

/// Guidance and the like, as they were sent.
Read sent(const char *key)
{
    return [key](const ComparePicture &picture) { return member(object(picture.record.provenance, "request"), key); };
}

struct Parameter
{
    const char *key;
    QString title;
    Read read;
    bool isBlind = false;  ///< tells nothing of the model
};

/// One line where nothing was exchanged on the way.
bool isOneModel(const ComparePicture &picture)
{
    const LibraryCard &card = picture.card;
    return card.servedModel == card.routedModel && (card.requestedModel.isEmpty() || card.requestedModel == card.routedModel);
}

QList<Parameter> modelParameters(bool isOne)
{
    QList<Parameter> models{{"requested", tr("Requested model"), [](const ComparePicture &p) { return p.card.requestedModel; }},
                            {"routed", tr("Routed model"), [](const ComparePicture &p) { return p.card.routedModel; }},
                            {"served", tr("Served model"), [](const ComparePicture &p) { return p.card.servedModel; }}};
    if (isOne)
        models = {{"model", tr("Model"), [](const ComparePicture &p) { return p.card.model(); }}};
    return models
           + QList<Parameter>{
            {"revision", tr("Revision"), [](const ComparePicture &p) { return p.card.revision; }},
            {"backend", tr("Backend"), told("backend")},
            {"rule", tr("Rule"), [](const ComparePicture &p) { return p.card.rule; }},
            {"reasons", tr("Reasons"), [](const ComparePicture &p) { return reasons(p.record.provenance); }},
            {"attempts", tr("Attempts"), [](const ComparePicture &p) { return attempts(p.record.provenance); }}};
}

QList<Parameter> requestParameters()
{
    return {{"template", tr("Template"), [](const ComparePicture &p) { return p.card.templateName; }, true},
            {"template_digest", tr("Template as of"),
             [](const ComparePicture &p) { return member(object(p.record.provenance, "template"), "digest").left(8); }},
            {"row", tr("Row"), [](const ComparePicture &p) { return p.card.row > 0 ? QString::number(p.card.row) : QString(); }, true},
            {"intent", tr("Intent"), told("intent")},
            {"fidelity", tr("Fidelity"), told("fidelity")},
            {"text_mode", tr("Text mode"), told("text_mode")},
            {"seed", tr("Seed"), [](const ComparePicture &p) { return p.card.seed ? QString::number(*p.card.seed) : QString(); }},
            {"steps", tr("Steps"),
             [](const ComparePicture &p) {
                 const QString steps = member(p.record.provenance, "steps");
                 return steps == QLatin1String("0") ? QString() : steps;
             }},
            {"guidance", tr("Guidance"), sent("guidance")},
            {"strength", tr("Strength"), sent("strength")},
            {"size", tr("Size"),
             [](const ComparePicture &p) {
                 const QSize size = p.card.size;
                 return size.isEmpty() ? QString() : QStringLiteral("%1 × %2").arg(size.width()).arg(size.height());
             }},
            {"prompt", tr("Prompt"), [](const ComparePicture &p) { return p.record.prompt; }}};
}

QList<Parameter> outcomeParameters()
{
    return {{"cost", tr("Cost"), [](const ComparePicture &p) { return p.card.costUsd ? priceText(*p.card.costUsd) : QString(); }},
            {"time", tr("Time"), [](const ComparePicture &p) { return totalTime(p.record.provenance); }},
            {"device", tr("Device"), told("device")},
            {"dtype", tr("Number type"), told("dtype")},
            {"created", tr("Made on"),
             [](const ComparePicture &p) {
                 return p.card.createdAt.isValid() ? QLocale().toString(p.card.createdAt.toLocalTime(), QLocale::ShortFormat) : QString();
             }},
            {"mark", tr("Mark"), [](const ComparePicture &p) { return p.card.mark; }}};
}

ParameterRow rowOf(const Parameter &parameter, const QList<ComparePicture> &pictures)
{
    ParameterRow row{QLatin1String(parameter.key), parameter.title, {}, {}};
    for (const ComparePicture &picture : pictures)
        row.values << parameter.read(picture);
    return row;
}

/// Scores by name, in the order of allScores(); others that somebody stored after them.
QList<ParameterRow> scoreRows(const QList<ComparePicture> &pictures)
{
    QStringList names;
    for (const ScoreKind kind : allScores())
        names << scoreName(kind);
    for (const ComparePicture &picture : pictures) {
        for (const PictureScore &score : picture.scores) {
            if (!names.contains(score.name))
                names << score.name;
        }
    }
    QList<ParameterRow> rows;
    for (const QString &name : std::as_const(names)) {
        const auto kind = scoreFromName(name);
        ParameterRow row{QStringLiteral("score:") + name, kind ? scoreTitle(*kind) : name, {}, kind ? scoreLimits(*kind) : QString()};
        for (const ComparePicture &picture : pictures) {
            const auto found = std::find_if(picture.scores.cbegin(), picture.scores.cend(), [&](const PictureScore &s) { return s.name == name; });
            row.values << (found == picture.scores.cend() ? QString() : QLocale().toString(found->value, 'f', 2));
        }
        rows << row;
    }
    return rows;
}

bool isSame(const QStringList &values)
{
    return std::all_of(values.cbegin(), values.cend(), [&values](const QString &value) { return value == values.first(); });
}

} // namespace

QList<ParameterRow> parameterRows(const QList<ComparePicture> &pictures, Parameters which)
{
    QList<ParameterRow> rows;
    if (pictures.isEmpty())
        return rows;
    const bool isOne = std::all_of(pictures.cbegin(), pictures.cend(), isOneModel);
    for (const Parameter &parameter : modelParameters(isOne) + requestParameters() + outcomeParameters()) {
        if (which != Parameters::Blind || parameter.isBlind)
            rows << rowOf(parameter, pictures);
    }
    if (which != Parameters::Blind)
        rows << scoreRows(pictures);
    const auto isLeftOut = [which](const ParameterRow &row) {
        const bool isEmpty = isSame(row.values) && row.values.first().isEmpty();
        return isEmpty || (which != Parameters::All && isSame(row.values));
    };
    rows.erase(std::remove_if(rows.begin(), rows.end(), isLeftOut), rows.end());
    return rows;
}

} // namespace Galley
