#include "core/template/names.h"
#include "core/template/resolve.h"
#include "core/template/slottext.h"
#include "core/template/templatefile.h"
#include "core/template/templatereader.h"
#include "core/template/tokenseed.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

struct CheckTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::TemplateCheck)
};

/// Goes once through a template and collects everything that is wrong with it.
class Checker
{
public:
    explicit Checker(const Template &value)
        : m_template(value)
    {
        for (const Slot &slot : value.slotList)
            m_slotNames.append(slot.name);
        for (const Token &token : value.tokens)
            m_tokenIds.append(token.id);
    }

    QList<Finding> run()
    {
        checkCanvas();
        checkStyle();
        checkTokens();
        checkSlots();
        return m_findings;
    }

private:
    void report(const QString &path, const char *code, const QString &message, const QString &fix = {},
                Severity severity = Severity::Error)
    {
        m_findings.append({{}, 0, path, severity, QString::fromLatin1(code), message, fix});
    }

    void warn(const QString &path, const char *code, const QString &message, const QString &fix)
    {
        report(path, code, message, fix, Severity::Warning);
    }

    void range(const QString &path, const QString &subject, double number, double low, double high)
    {
        if (std::isfinite(number) && number >= low && number <= high)
            return;
        report(path, "out_of_range",
               CheckTr::tr("%1: “%2” must lie between %3 and %4.")
                   .arg(subject, path.section(u'/', -1))
                   .arg(low)
                   .arg(high));
    }

    void checkLimits()
    {
        if (m_template.tokens.size() > TemplateLimits::tokens)
            report(QStringLiteral("/tokens"), "too_many",
                   CheckTr::tr("There are more than %1 tokens.").arg(TemplateLimits::tokens));
        if (m_template.slotList.size() > TemplateLimits::slotCount)
            report(QStringLiteral("/slots"), "too_many",
                   CheckTr::tr("There are more than %1 slots.").arg(TemplateLimits::slotCount));
    }

    void checkCanvas()
    {
        checkLimits();
        const Canvas &canvas = m_template.canvas;
        const QString subject = CheckTr::tr("The canvas");
        range(QStringLiteral("/canvas/width"), subject, canvas.size.width(), TemplateLimits::minSide, TemplateLimits::maxSide);
        range(QStringLiteral("/canvas/height"), subject, canvas.size.height(), TemplateLimits::minSide,
              TemplateLimits::maxSide);
        const qint64 pixels = qint64(canvas.size.width()) * canvas.size.height();
        if (pixels > TemplateLimits::maxPixels)
            report(QStringLiteral("/canvas"), "too_large",
                   CheckTr::tr("The canvas has %1 megapixels; the most is %2.")
                       .arg(pixels / 1'000'000)
                       .arg(TemplateLimits::maxPixels / 1'000'000));
        range(QStringLiteral("/canvas/safe_area"), subject, canvas.safeArea, 0, 0.4);
        color(QStringLiteral("/canvas/background"), subject, canvas.background);
    }

    void checkStyle()
    {
        const Style &style = m_template.style;
        const QString subject = CheckTr::tr("The style");
        text(QStringLiteral("/style/summary"), subject, style.summary);
        text(QStringLiteral("/style/medium"), subject, style.medium);
        text(QStringLiteral("/style/art_style"), subject, style.artStyle);
        text(QStringLiteral("/style/photo"), subject, style.photo);
        text(QStringLiteral("/style/aesthetics"), subject, style.aesthetics);
        text(QStringLiteral("/style/lighting"), subject, style.lighting);
        palette(QStringLiteral("/style/palette"), subject, style.palette, TemplateLimits::stylePalette);
        if (!style.artStyle.isEmpty() && !style.photo.isEmpty())
            report(QStringLiteral("/style/photo"), "two_styles",
                   CheckTr::tr("The style has both an art_style and a photo; a picture is one or the other."),
                   CheckTr::tr("Remove one of them."));
    }

    void checkTokens()
    {
        QSet<QString> seen;
        for (qsizetype i = 0; i < m_template.tokens.size(); ++i) {
            const Token &token = m_template.tokens[i];
            const QString path = QStringLiteral("/tokens/") + QString::number(i);
            checkId(token, path, seen);
            checkToken(token, path);
        }
    }

    void checkId(const Token &token, const QString &path, QSet<QString> &seen)
    {
        if (!isTokenId(token.id)) {
            report(path + QStringLiteral("/id"), "bad_id",
                   CheckTr::tr("“%1” cannot be the id of a token.").arg(token.id.left(64)),
                   CheckTr::tr("Start with a small letter; go on with small letters, digits, _ and -."));
        } else if (seen.contains(token.id)) {
            report(path + QStringLiteral("/id"), "duplicate_id",
                   CheckTr::tr("Two tokens have the id “%1”.").arg(token.id),
                   CheckTr::tr("Call this one “%1”.").arg(m_template.freeTokenId(token.id)));
        }
        seen.insert(token.id);
    }

    void checkToken(const Token &token, const QString &path)
    {
        const QString subject = CheckTr::tr("Token “%1”").arg(token.id.left(64));
        checkBox(token.box, path + QStringLiteral("/box"), subject);
        range(path + QStringLiteral("/z"), subject, token.z, -1'000'000, 1'000'000);
        text(path + QStringLiteral("/show"), subject, token.show);
        text(path + QStringLiteral("/text"), subject, token.text, References::Literal);
        text(path + QStringLiteral("/image"), subject, token.image, References::Literal);
        palette(path + QStringLiteral("/palette"), subject, token.palette, TemplateLimits::tokenPalette);
        color(path + QStringLiteral("/fill"), subject, token.fill);
        range(path + QStringLiteral("/radius"), subject, token.radius, 0, 1);
        range(path + QStringLiteral("/opacity"), subject, token.opacity, 0, 1);
        if (token.extra.contains("seed") && !tokenSeed(token)) {
            report(path + QStringLiteral("/seed"), "bad_seed", CheckTr::tr("%1: “seed” must be a whole number between 0 and 2147483647.").arg(subject));
        }
        const TextStyle &style = token.style;
        range(path + QStringLiteral("/font/weight"), subject, style.font.weight, 100, 900);
        if (style.size)
            range(path + QStringLiteral("/size"), subject, *style.size, 0.001, 2);
        range(path + QStringLiteral("/min_size"), subject, style.minSize, 0.001, 2);
        range(path + QStringLiteral("/line_height"), subject, style.lineHeight, 0.5, 5);
        range(path + QStringLiteral("/letter_spacing"), subject, style.letterSpacing, -0.1, 1);
        color(path + QStringLiteral("/color"), subject, style.color);
        checkContent(token, path, subject);
    }

    void checkBox(const Box &box, const QString &path, const QString &subject)
    {
        for (const double number : {box.x, box.y, box.width, box.height}) {
            if (!std::isfinite(number) || std::abs(number) > 100)
                return report(path, "bad_box", CheckTr::tr("%1: the box has a number that is no place on a canvas.").arg(subject),
                              CheckTr::tr("Use fractions of the canvas: [x, y, width, height], such as [0.1, 0.2, 0.8, 0.5]."));
        }
        if (box.width <= 0 || box.height <= 0)
            return warn(path, "empty_box", CheckTr::tr("%1: the box has no size.").arg(subject),
                          CheckTr::tr("Give it a width and a height above 0."));
        if (box.x >= 1 || box.y >= 1 || box.x + box.width <= 0 || box.y + box.height <= 0)
            warn(path, "outside", CheckTr::tr("%1 lies outside the canvas and is never seen.").arg(subject),
                 CheckTr::tr("Move it inside, or hide it."));
    }

    void checkContent(const Token &token, const QString &path, const QString &subject)
    {
        if (token.effectiveMode() == TokenMode::Drawn && token.role == Role::Subject && token.show.trimmed().isEmpty()
            && token.image.isEmpty())
            warn(path, "empty_token", CheckTr::tr("%1 shows nothing.").arg(subject),
                 CheckTr::tr("Say in \"show\" what is to be seen there."));
        if (token.isTextRole() && token.text.trimmed().isEmpty() && token.fill.isEmpty())
            warn(path, "empty_token", CheckTr::tr("%1 says nothing.").arg(subject), CheckTr::tr("Give it a \"text\"."));
    }

    void checkSlots()
    {
        QSet<QString> seen;
        for (const Slot &slot : m_template.slotList) {
            QString name = slot.name;
            const QString path = QStringLiteral("/slots/")
                                 + name.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
            if (!isSlotName(slot.name))
                report(path, "bad_name", CheckTr::tr("“%1” cannot be the name of a slot.").arg(slot.name.left(64)),
                       CheckTr::tr("Start with a small letter; go on with small letters, digits and _."));
            else if (seen.contains(slot.name))
                report(path, "duplicate_name", CheckTr::tr("Two slots have the name “%1”.").arg(slot.name),
                       CheckTr::tr("Rename one of them."));
            seen.insert(slot.name);
            checkSlot(slot, path);
        }
    }

    void checkSlot(const Slot &slot, const QString &path)
    {
        const QString subject = CheckTr::tr("Slot “%1”").arg(slot.name.left(64));
        if (slot.maxChars)
            range(path + QStringLiteral("/max_chars"), subject, *slot.maxChars, 1, TemplateLimits::valueLength);
        if (slot.minimum && slot.maximum && *slot.minimum > *slot.maximum)
            report(path + QStringLiteral("/min"), "out_of_range",
                   CheckTr::tr("%1: its smallest number is above its largest.").arg(subject), CheckTr::tr("Swap \"min\" and \"max\"."));
        if (slot.type == SlotType::Choice && slot.choices.isEmpty())
            report(path, "no_choices", CheckTr::tr("%1 offers no choices.").arg(subject),
                   CheckTr::tr("Add \"choices\": a list of texts."));
        const QString problem = checkSlotValue(slot, slot.defaultValue);
        if (!problem.isEmpty())
            report(path + QStringLiteral("/default"), "bad_default",
                   CheckTr::tr("%1: its default does not fit. %2").arg(subject, problem));
        if (!m_usedSlots.contains(slot.name))
            report(path, "unused_slot", CheckTr::tr("%1 is used nowhere.").arg(subject),
                   CheckTr::tr("Insert {%1} in a text, or remove the slot.").arg(slot.name.left(64)), Severity::Info);
    }

    void text(const QString &path, const QString &subject, const QString &source, References references = References::Recognised)
    {
        const QString name = path.section(u'/', -1);
        if (source.size() > TemplateLimits::valueLength)
            report(path, "too_long",
                   CheckTr::tr("%1: the key “%2” holds more than %3 characters.")
                       .arg(subject, name)
                       .arg(TemplateLimits::valueLength));
        const SlotText parsed = parseSlotText(source, references);
        if (!parsed.problem.isEmpty())
            warn(path, "stray_brace", CheckTr::tr("%1, key “%2”: %3.").arg(subject, name, parsed.problem), {});
        for (const TextPiece &piece : parsed.pieces) {
            if (piece.kind == TextPiece::Kind::Slot)
                slotName(path, subject, name, piece.value);
            else if (piece.kind == TextPiece::Kind::Token)
                tokenName(path, subject, name, piece.value);
        }
    }

    void slotName(const QString &path, const QString &subject, const QString &key, const QString &slot)
    {
        m_usedSlots.insert(slot);
        if (m_slotNames.contains(slot))
            return;
        const QString near = nearestName(slot, m_slotNames);
        report(path, "unknown_slot",
               CheckTr::tr("%1, key “%2”, inserts {%3}, but there is no slot of that name.").arg(subject, key, slot),
               near.isEmpty() ? CheckTr::tr("Add the slot, or write {{ for a brace.") : CheckTr::tr("Did you mean {%1}?").arg(near));
    }

    void tokenName(const QString &path, const QString &subject, const QString &key, const QString &id)
    {
        if (m_tokenIds.contains(id))
            return;
        const QString near = nearestName(id, m_tokenIds);
        report(path, "unknown_token",
               CheckTr::tr("%1, key “%2”, names <%3>, but there is no token of that id.").arg(subject, key, id),
               near.isEmpty() ? CheckTr::tr("Write << for the character itself.") : CheckTr::tr("Did you mean <%1>?").arg(near));
    }

    void color(const QString &path, const QString &subject, const QString &source)
    {
        if (source.isEmpty() || parseColor(source).isValid())
            return;
        if (slotsIn(source).isEmpty())
            return report(path, "bad_color",
                          CheckTr::tr("%1: “%2” is no colour.").arg(subject, source.left(40)),
                          CheckTr::tr("Write it as #RRGGBB, or as {slot} with a slot of type color."));
        text(path, subject, source, References::Literal);
    }

    void palette(const QString &path, const QString &subject, const QStringList &colors, int most)
    {
        if (colors.size() > most)
            report(path, "too_many",
                   CheckTr::tr("%1: the palette has %2 colours; the most is %3.").arg(subject).arg(colors.size()).arg(most),
                   CheckTr::tr("Remove the least important ones."));
        for (qsizetype i = 0; i < colors.size(); ++i) {
            const QString place = path + u'/' + QString::number(i);
            if (colors[i].isEmpty())
                report(place, "bad_color", CheckTr::tr("%1: the palette has an empty colour.").arg(subject),
                       CheckTr::tr("Write it as #RRGGBB, or remove it."));
            color(place, subject, colors[i]);
        }
    }

    const Template &m_template;
    QStringList m_slotNames;
    QStringList m_tokenIds;
    QSet<QString> m_usedSlots;
    QList<Finding> m_findings;
};

} // namespace

QList<Finding> checkTemplate(const Template &value, const QString &name)
{
    QList<Finding> findings = Checker(value).run();
    for (Finding &finding : findings)
        finding.file = name;
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
    return findings;
}

} // namespace Galley
