#include "core/composition/grounds.h"

#include <QStringList>

#include <array>
#include <optional>

namespace Galley {

namespace {

struct FamilyWords
{
    GroundFamily family;
    const char *name;
    const char *words;  ///< separated by spaces; singular
};

/// Names of patterns first, then the places that they stand for: a draft's ground hints at the scene, calmly.
constexpr std::array families{
    FamilyWords{GroundFamily::Plain, "plain",
                "plain solid flat simple clean minimal blank uniform empty white black grey gray cream beige ivory"},
    FamilyWords{GroundFamily::Gradient, "gradient", "gradient sky dusk dawn sunset sunrise evening morning fade horizon fog mist"},
    FamilyWords{GroundFamily::Glow, "glow", "glow glowing spotlight halo vignette studio stage space"},
    FamilyWords{GroundFamily::Stripes, "stripes", "stripe striped line lined candy awning"},
    FamilyWords{GroundFamily::Dots, "dots", "dot dotted polka spot spotted halftone"},
    FamilyWords{GroundFamily::Sunburst, "sunburst", "sunburst ray sunray burst starburst sunshine retro circus"},
    FamilyWords{GroundFamily::Waves, "waves", "wave wavy sea ocean water river lake beach pool"},
    FamilyWords{GroundFamily::Hills, "hills",
                "hill landscape mountain meadow field countryside valley garden park grass farm forest desert dune"},
    FamilyWords{GroundFamily::Confetti, "confetti", "confetti party celebration birthday carnival festive festival sprinkle"},
    FamilyWords{GroundFamily::Grain, "grain", "grain grainy noise noisy film sand concrete stone asphalt wall"},
    FamilyWords{GroundFamily::Paper, "paper", "paper kraft parchment canvas cardboard linen cloth fabric texture wood wooden table"},
    FamilyWords{GroundFamily::Bokeh, "bokeh", "bokeh light blurred blur blurry night city neon sparkle twinkling christmas street"},
};

std::optional<GroundFamily> familyOf(const QString &word)
{
    QStringList forms{word};
    if (word.size() > 3 && word.endsWith(QLatin1Char('s')))
        forms.append(word.chopped(1));
    for (const FamilyWords &entry : families) {
        const QStringList known = QString::fromLatin1(entry.words).split(QLatin1Char(' '));
        for (const QString &form : forms) {
            if (known.contains(form))
                return entry.family;
        }
    }
    return std::nullopt;
}

} // namespace

QStringList groundWords(const QString &text)
{
    QStringList words{QString()};
    for (const QChar c : text.toLower()) {
        if (c.isLetter())
            words.last() += c;
        else if (!words.last().isEmpty())
            words.append(QString());
    }
    words.removeAll(QString());
    return words;
}

GroundFamily groundFamily(const QString &text)
{
    bool plain = true; // until a word says otherwise
    bool said = false;
    for (const QString &word : groundWords(text)) {
        const std::optional<GroundFamily> family = familyOf(word);
        if (family && *family != GroundFamily::Plain)
            return *family;
        said = said || family == GroundFamily::Plain;
        plain = false;
    }
    return plain || said ? GroundFamily::Plain : GroundFamily::Glow;
}

QString groundFamilyName(GroundFamily family)
{
    return QString::fromLatin1(families.at(std::size_t(family)).name);
}

} // namespace Galley
