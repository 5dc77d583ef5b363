#include "core/review/score.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Score", text);
}

Json boxJson(const Box &box)
{
    return {box.x, box.y, box.width, box.height};
}

Box boxFromJson(const Json &json)
{
    const bool isBox = json.is_array() && json.size() == 4 && std::all_of(json.cbegin(), json.cend(), [](const Json &value) { return value.is_number(); });
    return isBox ? Box{json[0], json[1], json[2], json[3]} : Box{};
}

QString textIn(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

/// Codes and figures, or the sentence that earlier versions kept.
QList<Saying> saidIn(const Json &detail)
{
    QList<Saying> sayings;
    const auto said = detail.find("said");
    if (said != detail.end() && said->is_array()) {
        for (const Json &saying : *said)
            sayings << sayingFromJson(saying);
    }
    if (const QString sentence = textIn(detail, "sentence"); sayings.isEmpty() && !sentence.isEmpty())
        sayings << saidAs(sentence);
    return sayings;
}

} // namespace

QList<ScoreKind> allScores()
{
    return {ScoreKind::Text, ScoreKind::Contrast, ScoreKind::Layout, ScoreKind::Palette, ScoreKind::Sharpness};
}

QString scoreName(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Text: return QStringLiteral("text");
    case ScoreKind::Contrast: return QStringLiteral("contrast");
    case ScoreKind::Layout: return QStringLiteral("layout");
    case ScoreKind::Palette: return QStringLiteral("palette");
    case ScoreKind::Sharpness: return QStringLiteral("sharpness");
    }
    return {};
}

std::optional<ScoreKind> scoreFromName(const QString &name)
{
    const QList<ScoreKind> kinds = allScores();
    const auto found = std::find_if(kinds.cbegin(), kinds.cend(), [&](ScoreKind kind) { return scoreName(kind) == name; });
    return found == kinds.cend() ? std::nullopt : std::optional(*found);
}

QString scoreTitle(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Text: return tr("Text read back");
    case ScoreKind::Contrast: return tr("Contrast of text");
    case ScoreKind::Layout: return tr("Layout");
    case ScoreKind::Palette: return tr("Palette");
    case ScoreKind::Sharpness: return tr("Sharpness");
    }
    return {};
}

QString scoreMethod(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Text: return QStringLiteral("characters that Tesseract reads right, relative to the same text typeset");
    case ScoreKind::Contrast: return QStringLiteral("WCAG 2 contrast in the worst tenth of the ground behind text");
    case ScoreKind::Layout: return QStringLiteral("what stands out (OKLab) inside the subjects' boxes, visible edges under set text");
    case ScoreKind::Palette: return QStringLiteral("CIEDE2000 from the main colours to the palette");
    case ScoreKind::Sharpness: return QStringLiteral("detail that a blur takes away (Crete et al. 2007)");
    }
    return {};
}

QString scoreLimits(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Text:
        return tr("Share of the characters that a reading machine (Tesseract) gets right, relative to the same words typeset plainly. It tells garbled from "
                  "clean text; it knows no meaning, and decorative lettering that people read with ease may score low.");
    case ScoreKind::Contrast:
        return tr("WCAG 2 contrast in the worst tenth of what lies behind the text; 100 % reaches 4.5 : 1, or 3 : 1 for large text. It sees brightness only: "
                  "a busy ground can be hard to read at full marks.");
    case ScoreKind::Layout:
        return tr("Whether what stands out lies in the boxes of the subjects and the areas under set text are calm. It goes by colour and edges and does not "
                  "know what a thing is: a wrong subject in the right place scores well.");
    case ScoreKind::Palette:
        return tr("Distance (ΔE2000) from the main colours of the picture to the palette. It tells a strange colour cast; it cannot tell whether colours are "
                  "used well.");
    case ScoreKind::Sharpness:
        return tr("How much fine detail a blur would take away, at one size for all pictures. A soft style scores low on purpose, and noise scores as "
                  "detail: compare pictures of one style.");
    }
    return {};
}

std::optional<PictureScore> storedScore(const Score &score)
{
    if (!score.value)
        return std::nullopt;
    PictureScore stored{scoreName(score.kind), *score.value, Json::object()};
    for (const Saying &saying : score.said)
        stored.detail["said"].push_back(sayingJson(saying));
    if (score.raw) {
        stored.detail["raw"] = *score.raw;
        stored.detail["unit"] = score.unit.toStdString();
    }
    for (const ReviewMark &mark : score.marks)
        stored.detail["marks"].push_back({{"box", boxJson(mark.box)}, {"token", mark.tokenId.toStdString()}, {"said", sayingJson(mark.said)}});
    return stored;
}

std::optional<Score> scoreFromStored(const PictureScore &stored)
{
    const std::optional<ScoreKind> kind = scoreFromName(stored.name);
    if (!kind)
        return std::nullopt;
    Score score;
    score.kind = *kind;
    score.value = stored.value;
    if (!stored.detail.is_object())
        return score;
    if (const auto raw = stored.detail.find("raw"); raw != stored.detail.end() && raw->is_number())
        score.raw = raw->get<double>();
    score.unit = textIn(stored.detail, "unit");
    score.said = saidIn(stored.detail);
    if (const auto marks = stored.detail.find("marks"); marks != stored.detail.end() && marks->is_array()) {
        for (const Json &mark : *marks) {
            if (mark.is_object())
                score.marks.append({boxFromJson(mark.value("box", Json())), textIn(mark, "token"), sayingFromJson(mark.value("said", mark.value("sentence", Json())))});
        }
    }
    return score;
}

QString storedSentence(const PictureScore &stored)
{
    return stored.detail.is_object() ? sentencesOf(saidIn(stored.detail)) : QString();
}

} // namespace Galley
