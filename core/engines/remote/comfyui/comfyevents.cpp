#include "core/engines/remote/comfyui/comfyevents.h"

#include "core/engines/remote/comfyui/comfygraph.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/wire.h"

#include <QHash>
#include <QtEndian>

#include <algorithm>

namespace Galley {

namespace {

constexpr JsonLimits messageLimits{.bytes = 32 * 1024 * 1024, .depth = 64};
constexpr qsizetype maxFiles = 64;
constexpr qsizetype maxListed = 5;
constexpr int wordLength = 300;

using Kind = ComfyEvent::Kind;

Kind kindOf(const QString &type)
{
    static const QHash<QString, Kind> kinds{{QStringLiteral("status"), Kind::Status},
                                            {QStringLiteral("execution_start"), Kind::Started},
                                            {QStringLiteral("execution_cached"), Kind::Started},
                                            {QStringLiteral("executing"), Kind::Executing},
                                            {QStringLiteral("progress"), Kind::Progress},
                                            {QStringLiteral("executed"), Kind::Executed},
                                            {QStringLiteral("execution_success"), Kind::Succeeded},
                                            {QStringLiteral("execution_error"), Kind::Failed},
                                            {QStringLiteral("execution_interrupted"), Kind::Interrupted}};
    return kinds.value(type, Kind::Other);
}

int smallNumber(const Json &json, const char *name)
{
    return int(std::clamp<qint64>(wholeNumberOf(json, name).value_or(0), 0, 1'000'000));
}

ComfyEvent readEvent(const QString &type, const Json &data)
{
    ComfyEvent event;
    event.kind = kindOf(type);
    event.promptId = textOf(data, "prompt_id");
    event.node = textOf(data, "node");
    event.value = smallNumber(data, "value");
    event.max = smallNumber(data, "max");
    if (event.kind == Kind::Executing && memberOf(data, "node").is_null())
        event.kind = Kind::Finished;
    if (event.kind == Kind::Executed)
        event.output = memberOf(data, "output");
    if (event.kind == Kind::Failed || event.kind == Kind::Interrupted) {
        event.node = textOf(data, "node_id");
        event.type = textOf(data, "exception_type");
        event.words = QStringLiteral("%1 (%2): %3").arg(shortened(textOf(data, "node_type"), 80), shortened(event.node, 40),
                                                        shortened(textOf(data, "exception_message"), wordLength));
    }
    return event;
}

/// A length-prefixed piece of a binary message; empty when there is less than it says.
QByteArray takePiece(const QByteArray &bytes, qsizetype &at)
{
    if (bytes.size() - at < 4)
        return {};
    const quint32 length = qFromBigEndian<quint32>(bytes.constData() + at);
    at += 4;
    if (qsizetype(length) > bytes.size() - at)
        return {};
    const QByteArray piece = bytes.mid(at, qsizetype(length));
    at += qsizetype(length);
    return piece;
}

std::optional<ComfyFrame> readPictureWithOrigin(const QByteArray &bytes, ComfyFrame frame)
{
    qsizetype at = 4;
    const QByteArray text = takePiece(bytes, at);
    const auto origin = parseJson(text, QStringLiteral("preview"), JsonLimits{.bytes = 64 * 1024});
    if (text.isEmpty() || !origin)
        return std::nullopt;
    frame.promptId = textOf(*origin, "prompt_id");
    frame.node = textOf(*origin, "node_id");
    frame.picture = bytes.mid(at);
    return frame;
}

void readStatus(const Json &status, ComfyHistory &history)
{
    double started = -1;
    double ended = -1;
    const Json &messages = memberOf(status, "messages");
    if (!messages.is_array())
        return;
    for (const Json &message : messages) {
        if (!message.is_array() || message.size() < 2)
            continue;
        const QString type = toQString(message[0]);
        const auto time = numberOf(message[1], "timestamp");
        if (type == QLatin1String("execution_start") && time)
            started = *time;
        else if (time)
            ended = *time;
        const ComfyEvent event = readEvent(type, message[1]);
        if (event.kind == Kind::Failed || event.kind == Kind::Interrupted)
            history.failure = event;
    }
    if (started >= 0 && ended >= started)
        history.serviceMs = ended - started;
}

} // namespace

ComfyEvent readComfyEvent(const QByteArray &text)
{
    const auto json = parseJson(withoutNotNumbers(text), QStringLiteral("message"), messageLimits);
    return json ? readEvent(textOf(*json, "type"), memberOf(*json, "data")) : ComfyEvent{};
}

std::optional<ComfyFrame> readComfyFrame(const QByteArray &bytes)
{
    if (bytes.size() <= 8)
        return std::nullopt;
    ComfyFrame frame;
    frame.event = int(qFromBigEndian<quint32>(bytes.constData()));
    switch (frame.event) {
    case 1: {
        frame.picture = bytes.mid(8);
        return frame;
    }
    case 3: {
        qsizetype at = 4;
        frame.node = QString::fromUtf8(takePiece(bytes, at)).left(40);
        return frame;
    }
    case 4: return readPictureWithOrigin(bytes, frame);
    default: return std::nullopt;
    }
}

QList<ComfyFile> readComfyFiles(const Json &output)
{
    QList<ComfyFile> files;
    const Json &images = memberOf(output, "images");
    if (!images.is_array())
        return files;
    for (const Json &image : images) {
        const ComfyFile file{textOf(image, "filename"), textOf(image, "subfolder"), textOf(image, "type")};
        if (!file.name.isEmpty() && files.size() < maxFiles)
            files.append(file);
    }
    return files;
}

std::optional<ComfyHistory> readComfyHistory(const Json &answer, const QString &promptId, const QString &outputNode)
{
    const Json &entry = memberOf(answer, promptId.toUtf8().constData());
    if (!entry.is_object())
        return std::nullopt;
    ComfyHistory history;
    history.entry = entry;
    const Json &status = memberOf(entry, "status");
    history.failed = textOf(status, "status_str") == QLatin1String("error");
    readStatus(status, history);
    const Json &prompt = memberOf(entry, "prompt");
    if (prompt.is_array() && prompt.size() > 2) {
        history.weights = weightsOf(prompt[2]);
        history.seed = seedOf(prompt[2]);
    }
    QList<ComfyFile> temporary;
    const Json &outputs = memberOf(entry, "outputs");
    if (outputs.is_object()) {
        for (const auto &[id, output] : outputs.items()) {
            if (!outputNode.isEmpty() && outputNode != QString::fromStdString(id))
                continue;
            for (const ComfyFile &file : readComfyFiles(output))
                (file.type == QLatin1String("temp") ? temporary : history.files).append(file);
        }
    }
    if (history.files.isEmpty())
        history.files = temporary;
    history.files = history.files.first(std::min(history.files.size(), maxFiles));
    return history;
}

ComfyPlace findInQueue(const Json &queue, const QString &promptId)
{
    const auto holds = [&](const char *name) {
        const Json &list = memberOf(queue, name);
        return list.is_array() && std::any_of(list.cbegin(), list.cend(), [&](const Json &item) {
            return item.is_array() && item.size() > 1 && toQString(item[1]) == promptId;
        });
    };
    return holds("queue_running") ? ComfyPlace::Running : holds("queue_pending") ? ComfyPlace::Pending : ComfyPlace::Nowhere;
}

QByteArray withoutNotNumbers(const QByteArray &json)
{
    if (!json.contains("NaN") && !json.contains("Infinity"))
        return json;
    QByteArray clean;
    clean.reserve(json.size());
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\') {
            clean += json.mid(i++, 2);
            continue;
        }
        if (c == '"')
            inString = !inString;
        const QByteArrayView rest = QByteArrayView(json).sliced(i);
        const auto word = [&](QByteArrayView text) { return !inString && rest.startsWith(text); };
        const qsizetype length = word("NaN") ? 3 : word("Infinity") ? 8 : word("-Infinity") ? 9 : 0;
        if (length > 0) {
            clean += "null";
            i += length - 1;
        } else {
            clean += c;
        }
    }
    return clean;
}

QString nodeErrorWords(const Json &nodeErrors)
{
    QStringList words;
    if (!nodeErrors.is_object())
        return {};
    for (const auto &[id, node] : nodeErrors.items()) {
        const Json &errors = memberOf(node, "errors");
        if (!errors.is_array())
            continue;
        for (const Json &error : errors) {
            const QString details = shortened(textOf(error, "details"), wordLength);
            const QString message = shortened(textOf(error, "message"), wordLength);
            if (words.size() < maxListed)
                words.append(QStringLiteral("node %1 (%2): %3").arg(QString::fromStdString(id).left(40), shortened(textOf(node, "class_type"), 80),
                                                                     details.isEmpty() ? message : QString(message + QStringLiteral(" – ") + details)));
        }
    }
    return words.join(QStringLiteral("; "));
}

} // namespace Galley
