#include "core/prompt/promptcompiler.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Galley;

namespace {

const QString root = QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/prompts");

QByteArray contentOf(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

/// The case's row: {"values": {…}, "picture": [w, h]}; both may be absent.
Json optionsOf(const QString &folder)
{
    const QByteArray text = contentOf(folder + QStringLiteral("/row.json"));
    return text.isEmpty() ? Json::object() : *parseJson(text, QStringLiteral("row.json"));
}

Row rowOf(const Json &options)
{
    Row row;
    if (options.contains("values")) {
        for (const auto &[name, value] : options["values"].items())
            row.values.insert(QString::fromStdString(name), toQString(value));
    }
    return row;
}

QString fileOf(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Draft: return QStringLiteral("draft.txt");
    case Dialect::Prose: return QStringLiteral("prose.txt");
    case Dialect::IdeogramJson: return QStringLiteral("ideogram.json");
    case Dialect::FluxJson: return QStringLiteral("flux.json");
    }
    return {};
}

QStringList keysOf(const Json &object)
{
    QStringList keys;
    for (const auto &[key, value] : object.items())
        keys.append(QString::fromStdString(key));
    return keys;
}

bool isHex(const Json &color)
{
    static const QRegularExpression hex(QStringLiteral("^#[0-9A-F]{6}$"));
    return hex.match(toQString(color)).hasMatch();
}

} // namespace

/// Whole compiled prompts, byte by byte: tests/data/prompts/<case>. GALLEY_UPDATE_GOLDEN=1 writes them anew; read the diff.
class TestPromptGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cases_areMany();
    void case_compilesToTheseBytes_data() { addCases(); }
    void case_compilesToTheseBytes();
    void case_isPure_data() { addCases(); }
    void case_isPure();
    void spans_holdTheirSlotsWords_data() { addCases(); }
    void spans_holdTheirSlotsWords();
    void prose_readsWell_data() { addCases(); }
    void prose_readsWell();
    void ideogram_keepsItsForm_data() { addCases(); }
    void ideogram_keepsItsForm();
    void flux_keepsItsForm_data() { addCases(); }
    void flux_keepsItsForm();
    void draft_hasALayerPerLine_data() { addCases(); }
    void draft_hasALayerPerLine();

private:
    void addCases();
    void load();

    Template m_template;
    Variant m_variant;
    Row m_row;
    Frame m_frame;
    QString m_folder;
};

void TestPromptGolden::addCases()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << name;
}

void TestPromptGolden::load()
{
    QFETCH(QString, name);
    m_folder = root + u'/' + name;
    const Result<LoadedTemplate> loaded = loadTemplate(m_folder + QStringLiteral("/template.galley"));
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    m_template = loaded->value;
    const Json options = optionsOf(m_folder);
    m_row = rowOf(options);
    const Result<Variant> variant = resolve(m_template, m_row, QStringLiteral("/templates"));
    QVERIFY2(variant, variant ? "" : qPrintable(variant.error().message));
    m_variant = *variant;
    m_frame = frameFor(m_variant.canvas);
    if (options.contains("picture"))
        m_frame.picture = {options["picture"][0].get<int>(), options["picture"][1].get<int>()};
}

void TestPromptGolden::cases_areMany()
{
    QVERIFY(QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 40);
}

void TestPromptGolden::case_compilesToTheseBytes()
{
    load();
    const bool update = qEnvironmentVariableIntValue("GALLEY_UPDATE_GOLDEN") == 1;
    for (const Dialect dialect : allDialects()) {
        const QString file = m_folder + u'/' + fileOf(dialect);
        const QByteArray text = compilePrompt(m_variant, dialect, m_frame).text.toUtf8() + '\n';
        if (update) {
            QFile target(file);
            QVERIFY(target.open(QIODevice::WriteOnly));
            QCOMPARE(target.write(text), text.size());
        }
        QVERIFY2(QFile::exists(file), qPrintable(file));
        QCOMPARE(QString::fromUtf8(text), QString::fromUtf8(contentOf(file)));
    }
}

void TestPromptGolden::case_isPure()
{
    load();
    const Variant before = m_variant;
    for (const Dialect dialect : allDialects()) {
        const CompiledPrompt first = compilePrompt(m_variant, dialect, m_frame);
        QCOMPARE(first, compilePrompt(m_variant, dialect, m_frame));
        QCOMPARE(first.dialect, dialect);
    }
    QCOMPARE(m_variant, before);
}

void TestPromptGolden::spans_holdTheirSlotsWords()
{
    load();
    for (const Dialect dialect : allDialects()) {
        const CompiledPrompt prompt = compilePrompt(m_variant, dialect, m_frame);
        int last = 0;
        for (const SlotSpan &span : prompt.parts) {
            QVERIFY(span.start >= last && span.start < span.end && span.end <= prompt.text.size());
            last = span.end;
            const Slot *slot = m_template.findSlot(span.slot);
            QVERIFY(slot);
            const QString given = m_row.values.value(slot->name);
            QString value = given.isEmpty() ? slot->defaultValue : given;
            QString words = prompt.text.mid(span.start, span.end - span.start);
            if (dialect == Dialect::IdeogramJson || dialect == Dialect::FluxJson) {
                const Json unescaped = Json::parse('"' + words.toStdString() + '"', nullptr, false);
                QVERIFY2(unescaped.is_string(), qPrintable(words));
                words = toQString(unescaped);
            }
            value = value.remove(QChar(1)).simplified();
            words = words.simplified();
            // Draft words may leave style words out; every word that is there is the slot's.
            if (dialect == Dialect::Draft) {
                for (const QString &word : words.split(u' '))
                    QVERIFY2(value.contains(word.chopped(word.endsWith(u',') ? 1 : 0)), qPrintable(word));
            } else {
                QVERIFY2(value.contains(words), qPrintable(words + QStringLiteral(" is not in ") + value));
            }
        }
    }
}

void TestPromptGolden::prose_readsWell()
{
    load();
    const CompiledPrompt prompt = compilePrompt(m_variant, Dialect::Prose, m_frame);
    QString own = prompt.text;  // what a slot says is said as it stands
    for (qsizetype i = prompt.parts.size(); i-- > 0;)
        own.replace(prompt.parts[i].start, prompt.parts[i].end - prompt.parts[i].start, QStringLiteral("x"));
    QVERIFY(!prompt.text.isEmpty() && prompt.text == prompt.text.trimmed());
    QVERIFY2(!prompt.text.contains(QStringLiteral("  ")), qPrintable(prompt.text));
    for (const char *fault : {" .", " ,", ",,", ",.", ".,", ";.", ":.", "..", ": ,"})
        QVERIFY2(!own.contains(QLatin1String(fault)), qPrintable(QLatin1String(fault) + QStringLiteral(" in ") + own));
    const bool forbids = prompt.text.contains(QStringLiteral("There is no lettering"));
    QVERIFY(!forbids || !prompt.text.contains(QStringLiteral(" carries ")));
    for (const ResolvedToken &token : m_variant.tokens) {
        const bool isSetText = token.token.isTextRole() && token.token.effectiveMode() == TokenMode::Set && token.text.text.size() > 12;
        QVERIFY(!isSetText || !prompt.text.contains(u'"' + token.text.text + u'"'));
    }
}

void TestPromptGolden::ideogram_keepsItsForm()
{
    load();
    const QByteArray text = compilePrompt(m_variant, Dialect::IdeogramJson, m_frame).text.toUtf8();
    const Result<Json> json = parseJson(text, QStringLiteral("ideogram"));
    QVERIFY2(json, json ? "" : qPrintable(json.error().message));
    QCOMPARE(dumpJson(*json), text);  // compact, and escaped only where it must be
    QCOMPARE(keysOf(*json).join(u' '), QStringLiteral("high_level_description style_description compositional_deconstruction"));
    const Json &style = (*json)["style_description"];
    QString expected = style.contains("photo") ? QStringLiteral("aesthetics lighting photo medium")
                                               : QStringLiteral("aesthetics lighting medium art_style");
    if (!m_variant.palette.isEmpty())
        expected += QStringLiteral(" color_palette");
    QCOMPARE(keysOf(style).join(u' '), expected);
    QCOMPARE(style.contains("photo"), !m_variant.photo.isEmpty());
    if (style.contains("color_palette")) {
        QVERIFY(style["color_palette"].size() <= 16);
        for (const Json &color : style["color_palette"])
            QVERIFY(isHex(color));
    }
    const Json &parts = (*json)["compositional_deconstruction"];
    QCOMPARE(keysOf(parts).join(u' '), QStringLiteral("background elements"));
    for (const Json &element : parts["elements"]) {
        const bool isText = element["type"] == "text";
        QString keys = isText ? QStringLiteral("type bbox text desc") : QStringLiteral("type bbox desc");
        if (element.contains("color_palette")) {
            keys += QStringLiteral(" color_palette");
            QVERIFY(!element["color_palette"].empty() && element["color_palette"].size() <= 5);
            for (const Json &color : element["color_palette"])
                QVERIFY(isHex(color));
        }
        QCOMPARE(keysOf(element).join(u' '), keys);
        const Json &bbox = element["bbox"];
        QCOMPARE(bbox.size(), std::size_t(4));
        for (const Json &side : bbox)
            QVERIFY(side.is_number_integer() && side.get<int>() >= 0 && side.get<int>() <= 1000);
        QVERIFY(bbox[0].get<int>() < bbox[2].get<int>() && bbox[1].get<int>() < bbox[3].get<int>());
    }
}

void TestPromptGolden::flux_keepsItsForm()
{
    load();
    const QByteArray text = compilePrompt(m_variant, Dialect::FluxJson, m_frame).text.toUtf8();
    const Result<Json> json = parseJson(text, QStringLiteral("flux"));
    QVERIFY2(json, json ? "" : qPrintable(json.error().message));
    QCOMPARE(dumpJson(*json), text);
    QStringList keys = keysOf(*json);
    QCOMPARE(keys.removeAll(QStringLiteral("color_palette")), m_variant.palette.isEmpty() ? 0 : 1);
    QCOMPARE(keys.join(u' '), QStringLiteral("scene subjects style lighting mood background composition"));
    for (const Json &subject : (*json)["subjects"])
        QVERIFY(keysOf(subject).join(u' ').startsWith(QStringLiteral("description position")));
}

void TestPromptGolden::draft_hasALayerPerLine()
{
    load();
    const CompiledPrompt prompt = compilePrompt(m_variant, Dialect::Draft, m_frame);
    QCOMPARE(prompt.text.isEmpty() ? 0 : prompt.text.split(u'\n').size(), prompt.layers.size());
    for (const DraftLayerPrompt &layer : prompt.layers) {
        const ResolvedToken *token = m_variant.findToken(layer.tokenId);
        QVERIFY(token && token->imagePath.isEmpty() && token->token.role == Role::Subject);
        QVERIFY(!layer.words.isEmpty() && layer.palette.size() <= 5);
        for (const SlotSpan &span : layer.spans)
            QVERIFY(span.start >= 0 && span.start < span.end && span.end <= layer.words.size());
    }
}

QTEST_GUILESS_MAIN(TestPromptGolden)
#include "tst_promptgolden.moc"
