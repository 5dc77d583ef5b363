#include "bench.h"

#include "core/prompt/promptcompiler.h"
#include "core/template/csv.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QCoreApplication>

using namespace Galley;

namespace {

/// Twenty tokens as a busy poster has them: subjects, set text, drawn text, panels, slots in most texts.
Template twentyTokens()
{
    Template value = newTemplate(QStringLiteral("Bench"), {1080, 1350});
    value.style.summary = QStringLiteral("A cheerful poster for {event}, with light on <t0>");
    value.style.medium = QStringLiteral("graphic design");
    value.style.artStyle = QStringLiteral("flat, bold shapes");
    value.style.palette = {QStringLiteral("#F5C542"), QStringLiteral("#2E8B57"), QStringLiteral("{accent}")};
    for (const auto &[name, type, standard] :
         {std::tuple{"event", SlotType::Text, "a spring market"}, std::tuple{"subject", SlotType::Subject, "a basket of apples"},
          std::tuple{"accent", SlotType::Color, "#C0392B"}}) {
        Slot slot;
        slot.name = QString::fromLatin1(name);
        slot.type = type;
        slot.defaultValue = QString::fromLatin1(standard);
        value.slotList.append(slot);
    }
    constexpr Role roles[] = {Role::Subject, Role::Headline, Role::Body, Role::Panel};
    for (int i = 0; i < 20; ++i) {
        Token token;
        token.id = QStringLiteral("t%1").arg(i);
        token.role = roles[i % 4];
        token.box = {0.05 + 0.2 * (i % 5), 0.05 + 0.24 * (i / 5), 0.18, 0.2};
        token.z = i;
        token.show = token.role == Role::Subject ? QStringLiteral("{subject} number %1, flat illustration").arg(i) : QString();
        token.text = token.isTextRole() ? QStringLiteral("Come to {event}, stand %1").arg(i) : QString();
        token.mode = i % 8 == 1 ? TokenMode::Drawn : TokenMode::Default;
        token.fill = token.role == Role::Panel ? QStringLiteral("{accent}") : QString();
        value.tokens.append(token);
    }
    return value;
}

QByteArray manyRows(int count)
{
    QByteArray text = "event,subject,accent\n";
    for (int i = 0; i < count; ++i)
        text += "an event of number " + QByteArray::number(i) + ",\"apples, red\",#C0392B\n";
    return text;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const Template value = twentyTokens();
    const Result<Variant> variant = resolve(value, {});
    if (!variant)
        qFatal("%s", qPrintable(variant.error().message));
    const Frame frame = frameFor(variant->canvas, {{}, 16, 0, 1'500'000});
    BenchReport report(QStringLiteral("compile"));
    qsizetype total = 0;  // keeps the compiler from leaving the work out
    report.measure(QStringLiteral("resolve, 20 tokens"), 2000, [&](int) { total += resolve(value, {})->tokens.size(); }, 50);
    for (const Dialect dialect : allDialects()) {
        report.measure(QStringLiteral("compile %1, 20 tokens").arg(dialectName(dialect)), 2000,
                       [&](int) { total += compilePrompt(*variant, dialect, frame).text.size(); }, 50);
    }
    const QByteArray text = writeTemplate(value);
    report.measure(QStringLiteral("parse a template of 20 tokens"), 500,
                   [&](int) { total += parseTemplate(text, QStringLiteral("t"))->value.tokens.size(); }, 10);
    const QByteArray rows = manyRows(100'000);
    report.measure(QStringLiteral("read 100,000 CSV rows"), 5,
                   [&](int) { total += parseRows(rows, QStringLiteral("r"), value)->rows.size(); }, 1);
    return total > 0 && report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
