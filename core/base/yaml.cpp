#include "core/base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>
#include <cmath>
#include <istream>
#include <limits>
#include <streambuf>
#include <vector>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Yaml", text);
}

/// Ends the parse from inside an event; yaml-cpp reports its own mistakes in the same way. Never leaves parseYaml().
struct Stop
{
    YamlProblem problem;
};

[[noreturn]] void stopAt(int line, int column, const QString &sentence, ErrorCode code = ErrorCode::InvalidInput)
{
    throw Stop{{code, line, column, sentence}};
}

/// Hands out the text in small pieces and watches how far yaml-cpp reads ahead: before it says anything about a bracket it has taken in and kept
/// everything up to the closing one, 100 bytes for each byte of a text that is nothing but brackets.
class Bytes : public std::streambuf
{
public:
    Bytes(const QByteArray &text, qsizetype window)
        : m_text(text)
        , m_window(window)
    {}

    /// Something was said about the text; \a line is where.
    void progress(int line)
    {
        m_said = m_given;
        m_line = line;
    }

protected:
    int_type underflow() override
    {
        constexpr qsizetype piece = 2048;
        if (m_given - m_said > m_window) {
            stopAt(m_line, 0,
                   tr("The value that begins in this line or after it is longer than %1 bytes. Write it as indented lines, without brackets around it.")
                       .arg(m_window),
                   ErrorCode::TooLarge);
        }
        const qsizetype size = std::min(piece, m_text.size() - m_given);
        if (size <= 0)
            return traits_type::eof();
        char *begin = const_cast<char *>(m_text.constData()) + m_given; // the interface of streambuf; nothing writes
        setg(begin, begin, begin + size);
        m_given += size;
        return traits_type::to_int_type(*begin);
    }

private:
    const QByteArray &m_text;
    qsizetype m_window;
    qsizetype m_given = 0;
    qsizetype m_said = 0;
    int m_line = 1;
};

/// Builds the value while yaml-cpp reads. Its own YAML::Load() would follow aliases without any budget (414 bytes make it run for minutes), and
/// it keeps the last of two equal keys without a word.
class Builder : public YAML::EventHandler
{
public:
    Builder(const YamlLimits &limits, Bytes *bytes)
        : m_limits(limits)
        , m_bytes(bytes)
    {}

    YamlNode takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (m_documents++ > 0)
            stopAt(mark.line + 1, mark.column + 1, tr("The document has ended before this. Keep one document in the file, without a second \"---\"."));
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override { add(place(YamlNode::Kind::Null, mark), anchor); }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.constFind(anchor);
        if (found == m_anchors.constEnd())
            stopAt(mark.line + 1, mark.column + 1, tr("This alias is part of what it stands for. Write the value out."));
        YamlNode copy = *found;
        copy.line = mark.line + 1;
        copy.column = mark.column + 1;
        add(copy, 0);
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        YamlNode node = place(YamlNode::Kind::Scalar, mark);
        refuseTag(tag, mark);
        node.plain = tag != "!"; // how yaml-cpp marks what stands in quotes
        node.text = QString::fromUtf8(value.data(), qsizetype(value.size()));
        add(node, anchor);
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::List, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    /// A list or map that has begun and not ended.
    struct Open
    {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        bool hasKey = false;  ///< of a map: the next value belongs to key
        YamlNode key = {};
        QHash<QString, int> lines = {};  ///< of a map: key → line
    };

    static YamlNode place(YamlNode::Kind kind, const YAML::Mark &mark)
    {
        YamlNode node;
        node.kind = kind;
        node.line = mark.line + 1;
        node.column = mark.column + 1;
        return node;
    }

    static void refuseTag(const std::string &tag, const YAML::Mark &mark)
    {
        if (tag.empty() || tag == "?" || tag == "!")
            return;
        stopAt(mark.line + 1, mark.column + 1,
               tr("Tags such as \"%1\" are not used here. Remove it.").arg(QString::fromUtf8(tag.data(), std::min<qsizetype>(qsizetype(tag.size()), 60))));
    }

    void open(YamlNode::Kind kind, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor)
    {
        refuseTag(tag, mark);
        const YamlNode node = place(kind, mark);
        refuseAsKey(node);
        if (int(m_open.size()) >= m_limits.depth)
            stopAt(node.line, node.column, tr("Values are nested deeper than %1 levels.").arg(m_limits.depth), ErrorCode::TooLarge);
        spend(1, node);
        m_open.push_back({node, anchor});
    }

    void close()
    {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        attach(std::move(done.node), done.anchor);
    }

    void add(const YamlNode &node, YAML::anchor_t anchor)
    {
        if (!m_open.empty() && m_open.back().node.isMap() && !m_open.back().hasKey) {
            takeKey(node);
            return;
        }
        if (int(m_open.size()) + depthOf(node) > m_limits.depth)
            stopAt(node.line, node.column, tr("Values are nested deeper than %1 levels.").arg(m_limits.depth), ErrorCode::TooLarge);
        spend(node.nodes, node);
        attach(node, anchor);
    }

    /// Aliases may insert whole trees; they are no deeper than the limit, and few of a kind, since every insertion is paid for.
    static int depthOf(const YamlNode &node)
    {
        int depth = 0;
        for (const YamlNode &item : node.items)
            depth = std::max(depth, depthOf(item) + 1);
        return depth;
    }

    void attach(YamlNode node, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            m_anchors.insert(anchor, node);
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open &parent = m_open.back();
        if (parent.node.isMap()) {
            node.key = parent.key.text;
            node.keyLine = parent.key.line;
            node.keyColumn = parent.key.column;
            parent.hasKey = false;
        } else {
            node.key.clear();
            node.keyLine = node.keyColumn = 0;
        }
        parent.node.nodes += node.nodes;
        parent.node.items.append(std::move(node));
    }

    void takeKey(const YamlNode &node)
    {
        Open &parent = m_open.back();
        refuseAsKey(node);
        if (node.text == QLatin1String("<<") && node.plain)
            stopAt(node.line, node.column, tr("The merge key \"<<\" is not used here. Write the keys out."));
        const auto known = parent.lines.constFind(node.text);
        if (known != parent.lines.constEnd()) {
            stopAt(node.line, node.column,
                   tr("The key \"%1\" stands here again; it stands in line %2 already. Keep one of them.").arg(node.text.left(60)).arg(*known));
        }
        spend(1, node);
        parent.lines.insert(node.text, node.line);
        parent.key = node;
        parent.hasKey = true;
    }

    void refuseAsKey(const YamlNode &node)
    {
        const bool isKey = !m_open.empty() && m_open.back().node.isMap() && !m_open.back().hasKey;
        if (isKey && node.kind != YamlNode::Kind::Scalar)
            stopAt(node.line, node.column, tr("The key must be a word. Put a value with braces, brackets or \"null\" as key in quotes."));
    }

    void spend(int nodes, const YamlNode &at)
    {
        m_bytes->progress(at.line);
        m_spent += nodes;
        if (m_spent > m_limits.nodes) {
            stopAt(at.line, at.column, tr("The file holds more than %1 values, counting each use of an alias.").arg(m_limits.nodes),
                   ErrorCode::TooLarge);
        }
    }

    YamlLimits m_limits;
    Bytes *m_bytes;
    YamlNode m_root;
    std::vector<Open> m_open;
    QHash<YAML::anchor_t, YamlNode> m_anchors;
    int m_documents = 0;
    qint64 m_spent = 0;
};

bool isValidUtf8(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder.decode(text);
    return !decoder.hasError();
}

/// yaml-cpp takes byte 4 for the end of the text, guesses UTF-16 and lets control characters and broken UTF-8 pass.
std::optional<YamlProblem> findStrangeCharacter(const QByteArray &text)
{
    const bool valid = isValidUtf8(text);
    int line = 1;
    for (qsizetype start = 0; start < text.size(); ++line) {
        const qsizetype found = text.indexOf('\n', start);
        const QByteArrayView bytes = QByteArrayView(text).sliced(start, (found < 0 ? text.size() : found) - start);
        const auto strange = std::find_if(bytes.begin(), bytes.end(), [](char byte) {
            const auto code = static_cast<unsigned char>(byte);
            return (code < 0x20 && byte != '\t') || code == 0x7f;
        });
        if (strange != bytes.end()) {
            return YamlProblem{ErrorCode::InvalidInput, line, int(strange - bytes.begin()) + 1,
                               tr("There is a control character (%1) here. Save the file as plain UTF-8 text.").arg(int(*strange))};
        }
        if (!valid && !isValidUtf8(bytes))
            return YamlProblem{ErrorCode::InvalidInput, line, 0, tr("This line is not valid UTF-8. Save the file as UTF-8 text.")};
        start += bytes.size() + 1;
    }
    return std::nullopt;
}

/// Our words for what yaml-cpp finds, where they help more than its own.
QString sentenceFor(const std::string &message, bool tabBefore)
{
    const auto says = [&](const char *words) { return message.find(words) != std::string::npos; };
    if (tabBefore || says("tab"))
        return tr("A tab cannot indent YAML. Use spaces.");
    if (says("in scalar") || says("EOF"))
        return tr("A text in quotes has no end. Look for a missing quote.");
    if (says("alias") || says("anchor"))
        return tr("This alias or anchor is wrong: an alias (*name) needs an anchor (&name) before it.");
    if (says("end of sequence") || says("end of map"))
        return tr("The list or map ends unexpectedly. Look for a missing bracket, brace, comma or colon, or for a wrong indent.");
    if (says("illegal map value") || says("block entry") || says("block sequence"))
        return tr("A value cannot stand here. Look for a wrong indent, or for a text with \": \" that needs quotes.");
    return tr("This is not valid YAML.");
}

/// Whether the indent of line \a line of \a text holds a tab.
bool hasTabIndent(const QByteArray &text, int line)
{
    qsizetype start = 0;
    for (int i = 1; i < line && start >= 0; ++i)
        start = text.indexOf('\n', start) + 1;
    while (start < text.size() && text[start] == ' ')
        ++start;
    return start < text.size() && text[start] == '\t';
}

YamlProblem problemOf(const YAML::ParserException &error, const QByteArray &text)
{
    if (error.mark.is_null())
        return {ErrorCode::InvalidInput, 0, 0, sentenceFor(error.msg, false), QString::fromStdString(error.msg)};
    const int line = error.mark.line + 1;
    return {ErrorCode::InvalidInput, line, error.mark.column + 1, sentenceFor(error.msg, hasTabIndent(text, line)), QString::fromStdString(error.msg)};
}

bool isDecimal(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.' || c == u'e' || c == u'E';
    });
}

} // namespace

const YamlNode *YamlNode::find(const QString &name) const
{
    if (kind != Kind::Map)
        return nullptr;
    const auto found = std::find_if(items.cbegin(), items.cend(), [&](const YamlNode &item) { return item.key == name; });
    return found == items.cend() ? nullptr : &*found;
}

std::optional<QString> YamlNode::asText() const
{
    return kind == Kind::Scalar ? std::optional(text) : std::nullopt;
}

std::optional<double> YamlNode::asNumber() const
{
    if (kind != Kind::Scalar || !plain || !isDecimal(text))
        return std::nullopt;
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<int> YamlNode::asInteger() const
{
    const auto number = asNumber();
    const bool fits = number && *number >= std::numeric_limits<int>::min() && *number <= std::numeric_limits<int>::max();
    return fits && std::floor(*number) == *number ? std::optional(int(*number)) : std::nullopt;
}

std::optional<bool> YamlNode::asBool() const
{
    if (kind != Kind::Scalar || !plain)
        return std::nullopt;
    const QString lower = text.toLower();
    if (lower == QLatin1String("true"))
        return true;
    return lower == QLatin1String("false") ? std::optional(false) : std::nullopt;
}

Json YamlNode::toJson() const
{
    switch (kind) {
    case Kind::Null: return nullptr;
    case Kind::List: {
        Json list = Json::array();
        for (const YamlNode &item : items)
            list.push_back(item.toJson());
        return list;
    }
    case Kind::Map: {
        Json map = Json::object();
        auto &members = map.get_ref<Json::object_t &>();
        for (const YamlNode &item : items) // keys are unique already; the map's own insert would look each one up, one by one
            members.Json::object_t::Container::emplace_back(item.key.toStdString(), item.toJson());
        return map;
    }
    case Kind::Scalar: break;
    }
    if (const auto truth = asBool())
        return *truth;
    if (const auto number = asNumber()) {
        bool isInteger = false;
        const qlonglong integer = text.toLongLong(&isInteger);
        return isInteger ? Json(integer) : Json(*number);
    }
    return text.toStdString();
}

Error YamlProblem::toError(const QString &name) const
{
    if (line == 0)
        return {code, QStringLiteral("%1: %2").arg(name, sentence), detail};
    if (column == 0)
        return {code, QStringLiteral("%1:%2: %3").arg(name).arg(line).arg(sentence), detail};
    return {code, tr("%1:%2: %3 (Column %4.)").arg(name).arg(line).arg(sentence).arg(column), detail};
}

tl::expected<YamlNode, YamlProblem> parseYaml(const QByteArray &text, const YamlLimits &limits)
{
    if (text.size() > limits.bytes) {
        return tl::unexpected(YamlProblem{ErrorCode::TooLarge, 0, 0,
                                          tr("The file is %1 bytes long; the limit is %2.").arg(text.size()).arg(limits.bytes)});
    }
    QByteArray clean = text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
    clean.replace("\r\n", "\n");
    if (const auto strange = findStrangeCharacter(clean))
        return tl::unexpected(*strange);
    // yaml-cpp takes a text in quotes that runs to the end of the file for complete, but not one that runs into the end of the document.
    clean += clean.endsWith('\n') ? "...\n" : "\n...\n";
    try {
        Bytes bytes(clean, limits.valueBytes);
        std::istream stream(&bytes);
        stream.exceptions(std::ios::badbit); // lets through what Bytes throws
        YAML::Parser parser(stream);
        Builder builder(limits, &bytes);
        // A second document ends the parse with a problem, so this loop runs at most twice.
        while (parser.HandleNextDocument(builder)) {}
        return builder.takeRoot();
    } catch (const Stop &stop) {
        return tl::unexpected(stop.problem);
    } catch (const YAML::ParserException &error) {
        return tl::unexpected(problemOf(error, clean));
    } catch (const std::exception &error) {
        return tl::unexpected(YamlProblem{ErrorCode::InvalidInput, 0, 0, tr("This is not valid YAML."), QString::fromUtf8(error.what())});
    }
}

} // namespace Galley
