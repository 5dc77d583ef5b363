#include "core/prompt/subjectnames.h"

#include <QFile>
#include <QSet>

#include <algorithm>
#include <optional>
#include <vector>

namespace Galley {

namespace {

constexpr qsizetype mostWords = 40;   // longer texts describe scenes; nothing of them is a name
constexpr qsizetype shortestStem = 3;

bool isJoined(QChar c)  // written without spaces between words
{
    const QChar::Script script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana || c == QChar(0x30fc);
}

QString normal(QStringView word)
{
    QString result = word.toString().normalized(QString::NormalizationForm_C).toLower();
    return result.replace(QChar(0x2019), u'\'');
}

/// Without accents, as people type in a hurry. Latin and "ё" only: elsewhere a mark makes another letter.
QString folded(const QString &word)
{
    if (std::all_of(word.cbegin(), word.cend(), [](QChar c) { return c.unicode() < 0x80; }))
        return word;
    QString result;
    result.reserve(word.size() + 2);
    for (const QChar c : word) {
        const bool isLatin = c.unicode() < 0x250 || c.script() == QChar::Script_Latin || c.script() == QChar::Script_Inherited;
        if (c == u'ß')
            result += QStringLiteral("ss");
        else if (c == u'ı' || c == u'ø' || c == u'ł')
            result += c == u'ı' ? u'i' : c == u'ø' ? u'o' : u'l';
        else if (c == QChar(0x451))
            result += QChar(0x435);
        else if (!isLatin)
            result += c;
        else if (!c.isMark())
            result += c.decompositionTag() == QChar::Canonical ? c.decomposition().at(0) : c;
    }
    return result;
}

struct Word
{
    int start = 0;
    int length = 0;
    QString key;
    bool ends = false;  ///< a comma follows: no name goes over it
};

/// Words between spaces; "l'" of "l'orange" is one by itself.
QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    int start = 0;
    const auto close = [&](int end) {
        if (end > start)
            words.append({start, end - start, normal(QStringView(text).mid(start, end - start)), false});
        start = end;
    };
    for (int i = 0; i < int(text.size()); ++i) {
        const QChar c = text[i];
        const bool isPause = c == u',' || c == u';' || c == QChar(0x3001);
        const bool isQuote = c == u'"' || c == u'(' || c == u')' || (c.unicode() >= 0x201c && c.unicode() <= 0x201f) || c == u'«' || c == u'»';
        if (c.isSpace() || isPause || isQuote) {
            close(i);
            start = i + 1;
            if (isPause && !words.isEmpty())
                words.last().ends = true;
        } else if ((c == u'\'' || c == QChar(0x2019)) && i - start <= 2) {
            close(i + 1);
        }
    }
    close(int(text.size()));
    return words;
}

QString joined(const QList<Word> &words, qsizetype first, qsizetype count)
{
    QString key = words[first].key;
    for (qsizetype i = 1; i < count; ++i)
        key += u' ' + words[first + i].key;
    return key;
}

enum class Kind : quint8 { Thing, Color, Small, Unknown };

struct Entry
{
    int english = -1;     ///< which line
    Kind kind = Kind::Thing;
    bool isWeak = false;  ///< English as well
    bool isRare = false;  ///< though nobody asks for a picture of what that is in English
};

struct Language
{
    QHash<QString, Entry> exact;
    QHash<QString, Entry> plain;  ///< without accents
    QList<std::pair<QString, QString>> endings;
    QSet<QString> lookalikes;     ///< English words that an exchanged ending would take for a name
    qsizetype longest = 1;        ///< words of a name

    void add(QString name, Entry entry);
    std::optional<Entry> find(const QString &key, bool inflected) const;
};

void Language::add(QString name, Entry entry)
{
    entry.isRare = name.startsWith(u'~');
    entry.isWeak = entry.isRare || name.startsWith(u'?');
    const bool accentsMatter = name.startsWith(u'!');
    if (entry.isWeak || accentsMatter)
        name.remove(0, 1);
    // names.py writes names as normal() would; only an apostrophe makes words of its own.
    QString key = name;
    if (name.contains(u'\'')) {
        const QList<Word> words = wordsOf(name);
        key = joined(words, 0, words.size());
    }
    if (key.isEmpty())
        return;
    longest = std::max(longest, key.count(u' ') + 1);
    if (!exact.contains(key))
        exact.insert(key, entry);
    const QString bare = accentsMatter ? key : folded(key);
    if (bare != key && !plain.contains(bare))
        plain.insert(bare, entry);
}

std::optional<Entry> Language::find(const QString &key, bool inflected) const
{
    if (const auto found = exact.constFind(key); found != exact.cend())
        return *found;
    const auto findPlain = [this](const QString &word) -> std::optional<Entry> {
        const QString bare = folded(word);
        if (const auto found = plain.constFind(bare); found != plain.cend())
            return *found;
        const auto found = bare == word ? exact.cend() : exact.constFind(bare);  // "Äpfel"
        return found == exact.cend() ? std::nullopt : std::optional(*found);
    };
    if (const auto found = findPlain(key))
        return found;
    if (!inflected || lookalikes.contains(key))
        return {};
    for (const auto &[old, other] : endings) {
        if (key.size() - old.size() < shortestStem || !key.endsWith(old))
            continue;
        const QString stem = key.chopped(old.size()) + other;
        if (const auto found = exact.constFind(stem); found != exact.cend() && found->kind != Kind::Small)
            return *found;
        if (const auto found = findPlain(stem); found && found->kind != Kind::Small)
            return found;
    }
    return {};
}

/// Some words of the phrase and what they are.
struct Piece
{
    int start = 0;
    int end = 0;
    Entry entry;
    bool ends = false;
};

/// A phrase as one language reads it.
struct Reading
{
    std::vector<Piece> pieces;
    int known = 0;      ///< words of things and colours
    int unknown = 0;
    int strong = 0;     ///< words that are no English
    int rare = 0;
    int strongNames = 0;

    bool isTaken() const { return known > 0 && (strongNames > 0 ? known >= unknown : strong + rare > 0 && unknown == 0); }
    bool isBetterThan(const Reading &other) const
    {
        return std::tuple(-unknown, strongNames, strong) > std::tuple(-other.unknown, other.strongNames, other.strong);
    }

    void add(const Piece &piece, int words)
    {
        const bool isName = piece.entry.kind == Kind::Thing || piece.entry.kind == Kind::Color;
        if (isName)
            known += words;
        if (piece.entry.kind == Kind::Unknown)
            unknown += words;
        else if (piece.entry.isRare)
            rare += 1;
        else if (!piece.entry.isWeak)
            strong += words, strongNames += isName ? words : 0;
        pieces.push_back(piece);
    }
};

/// "赤いりんごの…": the longest names one after the other; nothing when a character is left over.
std::vector<Piece> segments(const Language &language, const Word &word)
{
    std::vector<Piece> pieces;
    for (int at = 0; at < word.key.size();) {
        std::optional<Entry> found;
        int length = int(word.key.size()) - at;
        for (; length > 0 && !found; --length)
            found = language.find(word.key.mid(at, length), false);
        if (!found)
            return {};
        ++length;
        pieces.push_back({word.start + at, word.start + at + length, *found, false});
        at += length;
    }
    pieces.back().ends = word.ends;
    return pieces;
}

Reading readAs(const Language &language, const QList<Word> &words)
{
    Reading reading;
    for (qsizetype i = 0; i < words.size();) {
        if (words[i].key.size() == words[i].length && isJoined(words[i].key[0])) {
            const std::vector<Piece> pieces = segments(language, words[i]);
            for (const Piece &piece : pieces)
                reading.add(piece, 1);
            if (!pieces.empty()) {
                ++i;
                continue;
            }
        }
        qsizetype count = 1;
        while (count < language.longest && i + count < words.size() && !words[i + count - 1].ends)
            ++count;
        std::optional<Entry> found;
        for (; count > 0 && !found; --count)
            found = language.find(joined(words, i, count), true);
        count = found ? count + 1 : 1;
        const Word &last = words[i + count - 1];
        reading.add({words[i].start, last.start + last.length, found.value_or(Entry{-1, Kind::Unknown, true}), last.ends}, int(count));
        i += count;
    }
    return reading;
}

/// "coche rojo" → "rojo coche": captions have the colour first.
void putColorsFirst(std::vector<Piece> &pieces)
{
    for (size_t i = 1; i < pieces.size(); ++i) {
        const bool isAfterThing = pieces[i].entry.kind == Kind::Color && pieces[i - 1].entry.kind == Kind::Thing && !pieces[i - 1].ends;
        const bool isBeforeThing = i + 1 < pieces.size() && pieces[i + 1].entry.kind == Kind::Thing && !pieces[i].ends;
        if (isAfterThing && !isBeforeThing) {
            std::swap(pieces[i].ends, pieces[i - 1].ends);
            std::swap(pieces[i], pieces[i - 1]);
        }
    }
}

} // namespace

struct SubjectNames::Private
{
    std::vector<Language> languages;
    QStringList english;

    void readLine(const QStringList &cells);
    Phrase write(const Phrase &words, const std::vector<Piece> &pieces) const;
};

void SubjectNames::Private::readLine(const QStringList &cells)
{
    Entry entry;
    QString said = cells[0];
    if (said.startsWith(u'*') || said.startsWith(u':')) {
        entry.kind = said.startsWith(u'*') ? Kind::Color : Kind::Small;
        said.remove(0, 1);
    }
    entry.english = int(english.size());
    english.append(said);
    for (qsizetype i = 1; i < cells.size() && i <= qsizetype(languages.size()); ++i) {
        Language &language = languages[size_t(i - 1)];
        if (cells[0] == u">") {
            for (const QString &rule : cells[i].split(u' ', Qt::SkipEmptyParts))
                language.endings.append({rule.section(u'>', 0, 0), rule.section(u'>', 1, 1)});
        } else if (cells[0] == u"-") {
            const QStringList words = cells[i].split(u'|', Qt::SkipEmptyParts);
            language.lookalikes = QSet<QString>(words.cbegin(), words.cend());
        } else {
            for (const QString &name : cells[i].split(u'|', Qt::SkipEmptyParts))
                language.add(name, entry);
        }
    }
}

Phrase SubjectNames::Private::write(const Phrase &words, const std::vector<Piece> &pieces) const
{
    PhraseBuilder builder;
    bool comma = false;
    for (const Piece &piece : pieces) {
        const bool isKnown = piece.entry.kind != Kind::Unknown;
        const QString said = isKnown ? english[piece.entry.english] : QString();
        if (!isKnown || !said.isEmpty()) {
            builder.literal(comma ? QStringView(u", ") : QStringView(u" "));
            comma = false;
        }
        const Phrase original = words.mid(piece.start, piece.end - piece.start);
        if (!isKnown)
            builder.phrase(original);
        else if (original.spans.size() == 1 && original.spans[0].end - original.spans[0].start == original.text.size())
            builder.slot(said, original.spans[0].slot);
        else
            builder.literal(said);
        comma |= piece.ends;
    }
    return builder.take();
}

SubjectNames::SubjectNames(const QByteArray &table)
    : d(std::make_unique<Private>())
{
    for (const QString &line : QString::fromUtf8(table).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList cells = line.split(u'\t');
        if (line.startsWith(u'#') || cells.size() < 2)
            continue;
        if (d->languages.empty())
            d->languages.resize(size_t(cells.size() - 1));
        else
            d->readLine(cells);
    }
}

SubjectNames::~SubjectNames() = default;

const SubjectNames &SubjectNames::bundled()
{
    static const SubjectNames names([] {
        QFile file(QStringLiteral(":/prompt/names.tsv"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }());
    return names;
}

Phrase SubjectNames::inEnglish(const Phrase &words) const
{
    const QList<Word> list = wordsOf(words.text);
    if (list.isEmpty() || list.size() > mostWords)
        return words;
    std::optional<Reading> best;
    for (const Language &language : d->languages) {
        Reading reading = readAs(language, list);
        if (reading.isTaken() && (!best || reading.isBetterThan(*best)))
            best = std::move(reading);
    }
    if (!best)
        return words;
    putColorsFirst(best->pieces);
    return d->write(words, best->pieces);
}

} // namespace Galley
