#include "core/review/saying.h"

#include "core/imaging/readtext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace Galley {

namespace {

constexpr auto plainCode = "plain";

/// The words for a code. \c digits has one sign for each figure: how many digits behind the point, "g" as many as it has, "t" a text.
struct Words
{
    const char *code;
    const char *digits;
    const char *text;
};

constexpr std::array words{
    Words{"text.none", "", QT_TRANSLATE_NOOP("Galley", "There is no text to read.")},
    Words{"text.read", "001", QT_TRANSLATE_NOOP("Galley", "%1 of %2 texts read as they should; %3 % of the characters are wrong.")},
    Words{"text.unreadable", "t", QT_TRANSLATE_NOOP("Galley", "\"%1\" cannot be read even when it is typeset plainly (its font, or its size), and is not counted.")},
    Words{"contrast.none", "", QT_TRANSLATE_NOOP("Galley", "There is no text to measure.")},
    Words{"contrast.enough", "1", QT_TRANSLATE_NOOP("Galley::ContrastScore", "All texts have enough contrast; the weakest has %1 : 1.")},
    Words{"contrast.low", "1", QT_TRANSLATE_NOOP("Galley::ContrastScore", "Text with too little contrast; the weakest has %1 : 1.")},
    Words{"contrast.text", "t1g", QT_TRANSLATE_NOOP("Galley", "\"%1\" has a contrast of %2 : 1 where the ground is worst; it needs %3 : 1. Change its colour, or lay a panel under it.")},
    Words{"layout.none", "", QT_TRANSLATE_NOOP("Galley", "The layout has neither a subject with a place of its own nor set text: there is nothing to measure.")},
    Words{"subject.unseen", "", QT_TRANSLATE_NOOP("Galley", "Nothing stands out from the ground: there is no subject to be seen.")},
    Words{"subject.inside", "0", QT_TRANSLATE_NOOP("Galley", "%1 % of what stands out lies where the subject should be.")},
    Words{"area.busy", "t0", QT_TRANSLATE_NOOP("Galley", "The area under \"%1\" is busy: %2 % of it has visible edges. Ask for a calm area there, or lay a panel under the text.")},
    Words{"areas.calm", "", QT_TRANSLATE_NOOP("Galley", "The areas under the text are calm.")},
    Words{"palette.none", "", QT_TRANSLATE_NOOP("Galley", "The template has no palette.")},
    Words{"palette.neutral", "", QT_TRANSLATE_NOOP("Galley", "The picture is black, white and grey.")},
    Words{"palette.distance", "1", QT_TRANSLATE_NOOP("Galley", "The main colours lie ΔE %1 from the palette.")},
    Words{"palette.missing", "t", QT_TRANSLATE_NOOP("Galley", "Not to be seen: %1.")},
    Words{"sharpness.none", "", QT_TRANSLATE_NOOP("Galley", "The picture has no edges to measure.")},
    Words{"sharpness.lost", "0", QT_TRANSLATE_NOOP("Galley", "A blur would take away %1 % of the finest detail.")},
};

std::optional<QString> figureText(const Json &figures, size_t place, char digits)
{
    if (!figures.is_array() || place >= figures.size())
        return std::nullopt;
    const Json &figure = figures[place];
    if (digits == 't')
        return figure.is_string() ? std::optional(toQString(figure)) : std::nullopt;
    if (!figure.is_number())
        return std::nullopt;
    return digits == 'g' ? QLocale().toString(figure.get<double>(), 'g', 4) : QLocale().toString(figure.get<double>(), 'f', digits - '0');
}

/// All at once: a text may hold what looks like a place.
QString filledIn(const QString &text, const QStringList &shown)
{
    switch (shown.size()) {
    case 0: return text;
    case 1: return text.arg(shown.at(0));
    case 2: return text.arg(shown.at(0), shown.at(1));
    default: return text.arg(shown.at(0), shown.at(1), shown.at(2));
    }
}

QString worded(const Words &found, const Json &figures)
{
    QStringList shown;
    for (const char digits : std::string_view(found.digits)) {
        const auto text = figureText(figures, size_t(shown.size()), digits);
        if (!text)
            return {};
        shown << *text;
    }
    return filledIn(QCoreApplication::translate("Galley", found.text), shown);
}

/// What core/imaging says of a text that was read: it has the words.
QString readingSentence(const QString &code, const Json &figures)
{
    const auto text = [&figures](size_t place) { return figureText(figures, place, 't').value_or(QString()); };
    TextReading reading;
    reading.id = text(0);
    if (code == QLatin1String("text.nodata"))
        return readingProblem(reading.id, ReadingProblem::NoData);
    if (code == QLatin1String("text.outside"))
        return readingProblem(reading.id, ReadingProblem::Outside);
    if (code != QLatin1String("text.other"))
        return {};
    reading.expected = text(1);
    reading.found = text(2);
    reading.difference.score = 0;
    return textFinding(reading);
}

} // namespace

Saying saidAs(const QString &sentence)
{
    return {QLatin1String(plainCode), Json::array({sentence.toStdString()})};
}

QString sentenceOf(const Saying &saying)
{
    if (saying.code == QLatin1String(plainCode))
        return figureText(saying.figures, 0, 't').value_or(QString());
    if (saying.code == QLatin1String("areas.busy")) {
        if (!saying.figures.is_array() || saying.figures.empty() || !saying.figures[0].is_number_integer())
            return {};
        const int busy = saying.figures[0].get<int>();
        return QCoreApplication::translate("Galley::LayoutScore", "%n area(s) under text are busy.", nullptr, busy);
    }
    const auto found = std::find_if(words.cbegin(), words.cend(), [&saying](const Words &each) { return saying.code == QLatin1String(each.code); });
    return found != words.cend() ? worded(*found, saying.figures) : readingSentence(saying.code, saying.figures);
}

QString sentencesOf(const QList<Saying> &sayings)
{
    QStringList sentences;
    for (const Saying &saying : sayings) {
        if (const QString sentence = sentenceOf(saying); !sentence.isEmpty())
            sentences << sentence;
    }
    return sentences.join(u' ');
}

Json sayingJson(const Saying &saying)
{
    return {{"code", saying.code.toStdString()}, {"figures", saying.figures}};
}

Saying sayingFromJson(const Json &json)
{
    if (json.is_string())
        return saidAs(toQString(json));
    if (!json.is_object())
        return {};
    return {toQString(json.value("code", Json())), json.value("figures", Json::array())};
}

} // namespace Galley
