#include "core/prompt/draftwords.h"
#include "core/prompt/promptcompiler.h"
#include "core/prompt/subjectnames.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QFile>
#include <QTest>

using namespace Galley;

/// Things in other languages become what captions say; English stays as it is.
class TestSubjectNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phrases_becomeEnglish_data();
    void phrases_becomeEnglish();
    void english_staysAsItIs_data();
    void english_staysAsItIs();
    void everyCaption_staysAsItIs();
    void slots_stayWithTheirWords();
    void draft_asksInEnglish_andKeepsWhatWasWritten();
    void table_damaged_isLeftOut();
};

void TestSubjectNames::phrases_becomeEnglish_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("english");
    const auto row = [](const char *written, const char *english) {
        QTest::newRow(written) << QString::fromUtf8(written) << QString::fromLatin1(english);
    };
    row("Erdbeere", "strawberry");
    row("ERDBEERE", "strawberry");
    row("Erdbeeren", "strawberry");
    row("rotes Auto", "red automobile");
    row("ein rotes Auto", "red automobile");
    row("ein Auto", "automobile");
    row("Hund", "dog");
    row("eine schwarze Katze", "black cat");
    row("Haus mit Garten", "house with garden");
    row("Äpfel", "apple");
    row("zwei Bäume", "two tree");
    row("große rote Luftballons", "big red balloon");
    row("ein roter Teller", "red plate");
    row("Stern", "star");  // an English word that nobody asks for
    row("rote Rose", "red rose");
    row("Baum", "tree");
    row("manzana", "apple");
    row("manzanas", "apple");
    row("coche rojo", "red automobile");
    row("un gato negro", "black cat");
    row("arbol", "tree");  // without its accent
    row("fraise", "strawberry");
    row("un chat", "cat");
    row("une voiture bleue", "blue automobile");
    row("l'abeille", "honeybee");
    row("fragola", "strawberry");
    row("fragole", "strawberry");
    row("mela rossa", "red apple");
    row("morango", "strawberry");
    row("aardbei", "strawberry");
    row("rode fiets", "red bicycle");
    row("truskawka", "strawberry");
    row("jordgubbe", "strawberry");
    row("jordbær", "strawberry");
    row("jahoda", "strawberry");
    row("çilek", "strawberry");
    row("kırmızı elma", "red apple");
    row("клубника", "strawberry");
    row("красный велосипед", "red bicycle");
    row("полуниця", "strawberry");
    row("いちご", "strawberry");
    row("赤いりんご", "red apple");
    row("草莓", "strawberry");
    row("Erdbeere, Hund", "strawberry, dog");
    row("the Erdbeere", "the strawberry");
    row("Pommes frites", "french fries");  // one name of two words, not two French ones
    row("ein alter Koffer", "old suitcase");
    row("blauer Bürostuhl", "blue office chair");
    row("Lebkuchenherzen", "gingerbread heart");
    row("goldener Stern", "golden star");
    row("Rentier mit rotem Schal", "deer with red scarf");
}

void TestSubjectNames::phrases_becomeEnglish()
{
    QFETCH(QString, written);
    QFETCH(QString, english);
    QCOMPARE(SubjectNames::bundled().inEnglish({written, {}}).text, english);
}

void TestSubjectNames::english_staysAsItIs_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words : {"gift", "a gift", "gift shop", "a gift with a red ribbon", "pan", "a frying pan", "chat bubble", "a chat", "main street",
                              "pain", "coin", "a barn", "an old barn", "the die", "a rose", "rose", "roses", "a pirate", "sol", "mare", "hat",
                              "a man with a hat", "a kind child", "rotten apple", "la la land", "a Le Mans car", "fast food", "boot", "brief case", "a stern face", "stern of a ship", "fly", "old stock",
                              "a basket of apples", "three flat stones", "a red fox", "coffee, tea and cake", "sea lion", "a star in the sky",
                              "a vase on a table", "a kiwi and an orange", "an art deco lamp", "a big red barn door", "", " ", "42", "!?", "a"})
        QTest::newRow(words) << QString::fromLatin1(words);
}

void TestSubjectNames::english_staysAsItIs()
{
    QFETCH(QString, words);
    QCOMPARE(SubjectNames::bundled().inEnglish({words, {}}).text, words);
}

/// The captions and keywords of everything in the pack, and the single words that are aliases.
void TestSubjectNames::everyCaption_staysAsItIs()
{
    const QString folder = QStringLiteral(GALLEY_SOURCE_DIR) + QStringLiteral("/packaging/draft-model/");
    QStringList changed;
    int count = 0;
    for (const int column : {5, 6}) {
        QFile file(folder + QStringLiteral("captions.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines.mid(1)) {
            for (const QString &words : line.split(u'\t').value(column).split(u',', Qt::SkipEmptyParts)) {
                ++count;
                const QString english = SubjectNames::bundled().inEnglish({words, {}}).text;
                if (english != words.simplified())
                    changed.append(words + QStringLiteral(" → ") + english);
            }
        }
    }
    QFile aliases(folder + QStringLiteral("aliases.tsv"));
    QVERIFY(aliases.open(QIODevice::ReadOnly));
    for (const QString &line : QString::fromUtf8(aliases.readAll()).split(u'\n', Qt::SkipEmptyParts).mid(1)) {
        for (const QString &word : line.section(u'\t', 1).split(u',')) {
            ++count;
            const QString english = SubjectNames::bundled().inEnglish({word, {}}).text;
            if (!word.contains(u' ') && english != word)
                changed.append(word + QStringLiteral(" → ") + english);
        }
    }
    QVERIFY(count > 10000);
    QVERIFY2(changed.isEmpty(), qPrintable(changed.join(u'\n')));
}

void TestSubjectNames::slots_stayWithTheirWords()
{
    const Phrase phrase{QStringLiteral("ein roter Hund"), {{4, 9, QStringLiteral("farbe")}, {10, 14, QStringLiteral("tier")}}};
    const Phrase english = SubjectNames::bundled().inEnglish(phrase);
    QCOMPARE(english.text, QStringLiteral("red dog"));
    QCOMPARE(english.spans, (QList<SlotSpan>{{0, 3, QStringLiteral("farbe")}, {4, 7, QStringLiteral("tier")}}));
}

void TestSubjectNames::draft_asksInEnglish_andKeepsWhatWasWritten()
{
    const auto loaded = parseTemplate(R"({"galley":1,"canvas":{"width":1000,"height":1000},"tokens":[
        {"id":"a","role":"subject","box":[0,0,0.5,0.5],"show":"{was}, flat illustration"}],"slots":{"was":{"type":"subject","default":"rotes Auto"}}})",
                                      QStringLiteral("t"));
    QVERIFY(loaded);
    const auto variant = resolve(loaded->value, {});
    QVERIFY(variant);
    const CompiledPrompt compiled = compilePrompt(*variant, Dialect::Draft, frameFor(variant->canvas));
    QCOMPARE(compiled.layers.size(), 1);
    QCOMPARE(compiled.layers[0].words, QStringLiteral("red automobile"));
    QCOMPARE(writtenSubject(*variant->findToken(QStringLiteral("a")), *variant), QStringLiteral("rotes Auto"));
    QCOMPARE(compiled.layers[0].style, QStringLiteral("flat"));
    QVERIFY2(compiled.text.endsWith(QStringLiteral(": red automobile")), qPrintable(compiled.text));
    QVERIFY(compilePrompt(*variant, Dialect::Prose, frameFor(variant->canvas)).text.contains(QStringLiteral("rotes Auto")));
}

void TestSubjectNames::table_damaged_isLeftOut()
{
    for (const QByteArray &table : {QByteArray(), QByteArray("\t\t\n\t\n\xff\xfe\t\xff"), QByteArray("english\tde\n>\t>\n\t|?|!|\n*\t*\napple\n"),
                                    QByteArray("english\tde\napple\tapfel\tzu\tviel\n")}) {
        const SubjectNames names(table);
        QCOMPARE(names.inEnglish({QStringLiteral("Birne"), {}}).text, QStringLiteral("Birne"));
        QCOMPARE(names.inEnglish({QString(200000, u'x'), {}}).text.size(), 200000);
    }
    QCOMPARE(SubjectNames("english\tfr\nbee\tl'abeille\n").inEnglish({QStringLiteral("L’Abeille"), {}}).text, QStringLiteral("bee"));
    QCOMPARE(SubjectNames("english\tde\napple\tapfel\n").inEnglish({QStringLiteral("Apfel"), {}}).text, QStringLiteral("apple"));
}

QTEST_GUILESS_MAIN(TestSubjectNames)
#include "tst_subjectnames.moc"
