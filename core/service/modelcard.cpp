#include "core/service/modelcard.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr qint64 maxBytes = 1 << 20;
constexpr qsizetype mostLines = 60;
constexpr qsizetype longestText = 200;
constexpr qsizetype longestLimit = 400;
constexpr qsizetype mostLimits = 12;
constexpr int deepest = 5;

struct CardText
{
    Q_DECLARE_TR_FUNCTIONS(Galley::ModelCard)
};

struct Label
{
    const char *key;
    const char *text;
};

/// The limits of models that we know, so that they can be translated; those of others are shown as they are.
[[maybe_unused]] constexpr const char *knownLimits[]{
    QT_TRANSLATE_NOOP("Galley::ModelCard", "It draws single things as icons and clip art: no photos, no scenes, no lettering."),
    QT_TRANSLATE_NOOP("Galley::ModelCard", "It knows the things that it was taught. For other words it gives what comes nearest, which is why Auto takes clip art "
                                           "where the model is not sure, and says so."),
    QT_TRANSLATE_NOOP("Galley::ModelCard", "Things that are newer in the pack than its training are clip art alone."),
    QT_TRANSLATE_NOOP("Galley::ModelCard", "Seed 0 draws in natural colours, another one with another hue and brightness, not another drawing."),
    QT_TRANSLATE_NOOP("Galley::ModelCard", "The finest detail, such as spokes and strings, comes out rough. Clip art is cleaner there."),
};

/// What is not listed here shows its key, with spaces for underscores.
constexpr Label labels[]{
    {"recognised", QT_TRANSLATE_NOOP("Galley::ModelCard", "Recognised by a judge of its own")},
    {"candidates", QT_TRANSLATE_NOOP("Galley::ModelCard", "pictures to choose from")},
    {"captions", QT_TRANSLATE_NOOP("Galley::ModelCard", "captions")},
    {"concepts", QT_TRANSLATE_NOOP("Galley::ModelCard", "things")},
    {"names", QT_TRANSLATE_NOOP("Galley::ModelCard", "words for them")},
    {"untaught", QT_TRANSLATE_NOOP("Galley::ModelCard", "things of the pack that it was not taught")},
    {"earlier", QT_TRANSLATE_NOOP("Galley::ModelCard", "Before, in earlier runs")},
    {"runs", QT_TRANSLATE_NOOP("Galley::ModelCard", "runs")},
    {"drawings", QT_TRANSLATE_NOOP("Galley::ModelCard", "drawings")},
    {"samples", QT_TRANSLATE_NOOP("Galley::ModelCard", "pictures seen")},
    {"seconds", QT_TRANSLATE_NOOP("Galley::ModelCard", "seconds")},
    {"steps", QT_TRANSLATE_NOOP("Galley::ModelCard", "steps of training")},
    {"hardware", QT_TRANSLATE_NOOP("Galley::ModelCard", "trained on")},
    {"phrases", QT_TRANSLATE_NOOP("Galley::ModelCard", "phrases")},
    {"ceiling", QT_TRANSLATE_NOOP("Galley::ModelCard", "the real pictures themselves")},
    {"steps_1", QT_TRANSLATE_NOOP("Galley::ModelCard", "in 1 step")},
    {"steps_2", QT_TRANSLATE_NOOP("Galley::ModelCard", "in 2 steps")},
    {"steps_4", QT_TRANSLATE_NOOP("Galley::ModelCard", "in 4 steps")},
    {"first", QT_TRANSLATE_NOOP("Galley::ModelCard", "first choice")},
    {"first_five", QT_TRANSLATE_NOOP("Galley::ModelCard", "among five")},
    {"recognised_first", QT_TRANSLATE_NOOP("Galley::ModelCard", "first choice")},
    {"recognised_first_five", QT_TRANSLATE_NOOP("Galley::ModelCard", "among five")},
    {"of_the_ceiling", QT_TRANSLATE_NOOP("Galley::ModelCard", "share of what real pictures reach")},
    {"held_out", QT_TRANSLATE_NOOP("Galley::ModelCard", "Never seen in training")},
    {"synonyms", QT_TRANSLATE_NOOP("Galley::ModelCard", "other words for things that it knows")},
    {"colour_in_the_application", QT_TRANSLATE_NOOP("Galley::ModelCard", "Distance to the colour asked for (ΔE 2000)")},
    {"generated", QT_TRANSLATE_NOOP("Galley::ModelCard", "Generated")},
    {"clip_art", QT_TRANSLATE_NOOP("Galley::ModelCard", "Clip art")},
    {"side_by_side", QT_TRANSLATE_NOOP("Galley::ModelCard", "Beside clip art for the same words")},
    {"pairs", QT_TRANSLATE_NOOP("Galley::ModelCard", "pairs")},
    {"generated_or_tie", QT_TRANSLATE_NOOP("Galley::ModelCard", "preferred, or as good")},
    {"median", QT_TRANSLATE_NOOP("Galley::ModelCard", "half below")},
    {"p90", QT_TRANSLATE_NOOP("Galley::ModelCard", "nine of ten below")},
    {"confidence", QT_TRANSLATE_NOOP("Galley::ModelCard", "Its own confidence")},
    {"sure", QT_TRANSLATE_NOOP("Galley::ModelCard", "sure of")},
    {"sure_and_right", QT_TRANSLATE_NOOP("Galley::ModelCard", "rightly so of")},
    {"right", QT_TRANSLATE_NOOP("Galley::ModelCard", "right")},
    {"threshold", QT_TRANSLATE_NOOP("Galley::ModelCard", "needed for Auto")},
    {"chance_of_trained_captions", QT_TRANSLATE_NOOP("Galley::ModelCard", "for its own words")},
    {"drawings_of_trained_captions", QT_TRANSLATE_NOOP("Galley::ModelCard", "other drawings of things that it knows")},
    {"trained_drawing_first", QT_TRANSLATE_NOOP("Galley::ModelCard", "the drawing that it knows")},
    {"everyday", QT_TRANSLATE_NOOP("Galley::ModelCard", "Everyday phrases, collected before its words were")},
    {"unseen", QT_TRANSLATE_NOOP("Galley::ModelCard", "Everyday phrases, collected later and not added to its words")},
    {"with_a_drawing", QT_TRANSLATE_NOOP("Galley::ModelCard", "with a drawing in the pack")},
    {"auto_share", QT_TRANSLATE_NOOP("Galley::ModelCard", "Auto shows what was meant")},
    {"auto_share_of_these", QT_TRANSLATE_NOOP("Galley::ModelCard", "of those with a drawing")},
    {"known_word_for_word", QT_TRANSLATE_NOOP("Galley::ModelCard", "by now among its words")},
    {"auto_share_of_the_others", QT_TRANSLATE_NOOP("Galley::ModelCard", "of those not among its words")},
    {"seeds", QT_TRANSLATE_NOOP("Galley::ModelCard", "Variety")},
};

/// Figures between 0 and 1 that are shares; everything else is shown as the number that it is.
bool isShare(const QString &key, double value)
{
    static const QStringList words{QStringLiteral("first"), QStringLiteral("share"), QStringLiteral("ceiling"), QStringLiteral("rate"),
                                   QStringLiteral("or_tie"), QStringLiteral("reached"), QStringLiteral("its_own"), QStringLiteral("accuracy")};
    return value >= 0 && value <= 1
           && std::any_of(words.cbegin(), words.cend(), [&key](const QString &word) { return key.contains(word); });
}

QString labelOf(const QString &key)
{
    for (const Label &label : labels) {
        if (key == QLatin1String(label.key))
            return CardText::tr(label.text);
    }
    QString text = key.left(longestText);
    return text.replace(u'_', u' ').simplified();
}

/// Empty for what is no figure and no text.
QString valueOf(const QString &key, const Json &value)
{
    const QLocale locale;
    if (value.is_string())
        return toQString(value).left(longestText).simplified();
    if (value.is_number_integer())
        return value.is_number_unsigned() ? locale.toString(value.get<qulonglong>()) : locale.toString(value.get<qlonglong>());
    if (!value.is_number())
        return {};
    const double number = value.get<double>();
    if (!std::isfinite(number))
        return {};
    if (isShare(key, number))
        return CardText::tr("%1 %").arg(locale.toString(number * 100, 'f', 1));
    QString text = locale.toString(number, 'g', 4);
    if (key.endsWith(QLatin1String("_db")))
        text += QStringLiteral(" dB");
    else if (key.endsWith(QLatin1String("_ms")) || key.contains(QLatin1String("_ms_")))
        text += QStringLiteral(" ms");
    return text;
}

/// The figures of \a group in one line, then the groups inside it.
void addLines(const Json &group, const QString &title, int depth, QList<ModelCard::Line> &lines)
{
    if (depth > deepest || lines.size() >= mostLines)
        return;
    QStringList figures;
    for (const auto &[key, value] : group.items()) {
        const QString name = QString::fromStdString(key);
        if (const QString text = valueOf(name, value); !text.isEmpty())
            figures.append(labelOf(name) + QStringLiteral(": ") + text);
    }
    if (!figures.isEmpty())
        lines.append({title, figures.join(QStringLiteral(" · "))});
    for (const auto &[key, value] : group.items()) {
        const QString label = labelOf(QString::fromStdString(key));
        if (value.is_object())
            addLines(value, title.isEmpty() ? label : title + QStringLiteral(", ") + label, depth + 1, lines);
    }
}

/// The figures of the group \a key, one in a line, then the groups inside it.
void addRows(const Json &description, const char *key, QList<ModelCard::Line> &lines)
{
    if (!description.contains(key) || !description.at(key).is_object())
        return;
    const Json &group = description.at(key);
    for (const auto &[name, value] : group.items()) {
        const QString label = QString::fromStdString(name);
        if (const QString text = valueOf(label, value); !text.isEmpty() && lines.size() < mostLines)
            lines.append({labelOf(label), text});
    }
    for (const auto &[name, value] : group.items()) {
        if (value.is_object())
            addLines(value, labelOf(QString::fromStdString(name)), 1, lines);
    }
}

QString textOf(const Json &object, const char *key)
{
    return object.contains(key) && object.at(key).is_string() ? toQString(object.at(key)).left(longestText) : QString();
}

} // namespace

ModelCard modelCard(const Json &description)
{
    ModelCard card;
    if (!description.is_object())
        return card;
    card.name = textOf(description, "name");
    card.revision = textOf(description, "revision");
    if (description.contains("limits") && description.at("limits").is_array()) {
        for (const Json &limit : description.at("limits")) {
            if (limit.is_string() && card.limits.size() < mostLimits)
                card.limits.append(CardText::tr(toQString(limit).left(longestLimit).toUtf8().constData()));
        }
    }
    addRows(description, "training", card.training);
    addRows(description, "words", card.words);
    if (description.contains("licences") && description.at("licences").is_array()) {
        for (const Json &entry : description.at("licences")) {
            if (entry.is_object() && card.sources.size() < mostLines)
                card.sources.append({textOf(entry, "what"), textOf(entry, "source"), textOf(entry, "licence")});
        }
    }
    if (description.contains("evaluation") && description.at("evaluation").is_object())
        addLines(description.at("evaluation"), {}, 0, card.evaluation);
    return card;
}

Result<Json> readModelDescription(const QString &folder)
{
    const QString name = folder + QStringLiteral("/draft.json");
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, CardText::tr("%1 cannot be read. Install Galley again.").arg(name));
    return parseJson(file.read(maxBytes), name, {maxBytes, 16});
}

Result<ModelCard> readModelCard(const QString &folder)
{
    const Result<Json> description = readModelDescription(folder);
    if (!description)
        return fail(description.error());
    return modelCard(*description);
}

} // namespace Galley
