#include "core/engines/remote/failure.h"

#include "core/base/json.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr qsizetype maxErrorBytes = 256 * 1024;
constexpr int maxWords = 500;
constexpr int maxListed = 5;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Failure", text);
}

const Json *member(const Json &json, const char *name)
{
    if (!json.is_object())
        return nullptr;
    const auto found = json.find(name);
    return found == json.end() || found->is_null() ? nullptr : &*found;
}

/// Text or a number as text: some servers write numbers where others have words.
QString wordOf(const Json &json, const char *name)
{
    const Json *value = member(json, name);
    if (!value)
        return {};
    if (value->is_string())
        return toQString(*value);
    return value->is_number_integer() ? QString::number(value->get<qint64>()) : QString();
}

/// FastAPI's {"loc":["body","size"],"msg":"…"} as "body.size: …".
QString detailItem(const Json &item)
{
    if (item.is_string())
        return toQString(item);
    QStringList place;
    if (const Json *loc = member(item, "loc"); loc && loc->is_array()) {
        for (const Json &step : *loc)
            place.append(step.is_string() ? toQString(step) : QString::fromStdString(step.dump()));
    }
    const QString text = wordOf(item, member(item, "msg") ? "msg" : "message");
    return place.isEmpty() ? text : QString(place.join(QLatin1Char('.')) + QStringLiteral(": ") + text);
}

QString listWords(const Json &list)
{
    QStringList words;
    for (const Json &item : list) {
        if (const QString text = detailItem(item); !text.isEmpty() && words.size() < maxListed)
            words.append(text);
    }
    return words.join(QStringLiteral("; "));
}

/// The words of a value that may be text, a list or an object again.
QString anyWords(const Json &value)
{
    if (value.is_string())
        return toQString(value);
    if (value.is_array())
        return listWords(value);
    for (const char *name : {"message", "msg", "error", "detail", "reason"}) {
        if (const QString text = wordOf(value, name); !text.isEmpty())
            return text;
    }
    return {};
}

void readErrorObject(const Json &error, ErrorWords &words)
{
    words.message = anyWords(error);
    if (const QString details = wordOf(error, "details"); !details.isEmpty())
        words.message += QStringLiteral(": ") + details;
    words.code = wordOf(error, "code");
    words.status = wordOf(error, "status");
    words.type = wordOf(error, "type");
    words.param = wordOf(error, "param");
}

ErrorWords jsonWords(const Json &json)
{
    ErrorWords words;
    if (json.is_array() || json.is_string()) {
        // Google answers some failures of a stream with a list that holds the error object.
        if (json.is_array() && !json.empty() && json.front().is_object())
            return jsonWords(json.front());
        words.message = anyWords(json);
        return words;
    }
    const Json *error = member(json, "error");
    if (error && error->is_object())
        readErrorObject(*error, words);
    else if (error && error->is_string())
        words.message = toQString(*error);
    for (const char *name : {"detail", "message", "errors", "title"}) {
        const Json *value = member(json, name);
        const QString text = value ? anyWords(*value) : QString();
        if (text.isEmpty())
            continue;
        if (words.message.isEmpty()) {
            words.message = text;
        } else if (error && error->is_string() && words.code.isEmpty()) {
            // {"error":"server_error","message":"…"}: the first is a code, the second are words.
            words.code = words.message;
            words.message = text;
        }
    }
    for (const char *name : {"code", "name", "error_type", "reject_reason"}) {
        if (words.code.isEmpty())
            words.code = wordOf(json, name);
    }
    return words;
}

QString textWithoutMarkup(const QByteArray &body)
{
    static const QRegularExpression unseen(QStringLiteral("<(script|style|head)\\b.*?(</\\1>|$)"),
                                           QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression title(QStringLiteral("<title[^>]*>([^<]*)"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tag(QStringLiteral("<[^>]{0,2000}>"));
    // Four times what is shown: markup takes room, and a page of megabytes must not cost time here.
    QString text = QString::fromUtf8(body.left(4 * maxWords + 2048));
    if (!text.contains(QLatin1Char('<')))
        return text.left(maxWords);
    const QString name = title.match(text).captured(1).trimmed();
    text.remove(unseen);
    text.replace(tag, QStringLiteral(" "));
    const QString rest = shortened(text, maxWords);
    return name.isEmpty() || rest.startsWith(name) ? rest : QString(name + QStringLiteral(". ") + rest);
}

/// How a failure is recognised by the service's own words, before its status counts.
struct WordRule
{
    const char *pattern;      ///< searched in code, type and status
    const char *sentence;     ///< searched in the message; null: not at all
    FailureClass failure;
    const char *message;
};

constexpr WordRule wordRules[] = {
    {"moderation|content_policy|content_filter|safety|nsfw|prohibited_content",
     "safety (system|filter|check)|content policy|flagged (by|as)|moderation",
     FailureClass::Refused, QT_TRANSLATE_NOOP("Galley::Failure", "%1 refused the request for reasons of safety: %2 Change the words or the picture.")},
    {"insufficient_quota|billing_hard_limit|insufficient_credit|payment_required", "exceeded your current quota|insufficient (credit|balance|fund)",
     FailureClass::Rejected, QT_TRANSLATE_NOOP("Galley::Failure", "The account at %1 has nothing left to spend: %2 Top it up there.")},
    {"model_not_found|model_deprecated|model_retired",
     "model\\b.{0,80}(does not exist|not found|deprecated|decommissioned|no longer|has been (shut down|removed|retired))|invalid model name|unknown model",
     FailureClass::Retired, QT_TRANSLATE_NOOP("Galley::Failure", "%1 does not have this model any more: %2 Choose another model.")},
};

struct StatusRule
{
    int from;
    int to;
    FailureClass failure;
    ErrorCode code;
    const char *message;
};

constexpr StatusRule statusRules[] = {
    {300, 399, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 sends requests on to another address (status %3). Check the address of the backend. %2")},
    {401, 401, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 does not accept the key (status %3): %2 Replace it under \"Services and Keys\".")},
    {402, 402, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "The account at %1 has nothing left to spend: %2 Top it up there.")},
    {403, 403, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure",
                       "%1 does not allow this with the key that it was given (status %3): %2 Check the key under \"Services and Keys\" and the rights of its account.")},
    {404, 404, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 does not know this address (status %3): %2 Check the address and kind of the backend in models.yaml.")},
    {407, 407, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "The proxy on the way to %1 asks for a password (status %3): %2 Give it in the network settings.")},
    {408, 408, FailureClass::Ambiguous, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 gave up waiting (status %3): %2 The request may have been carried out: look at the list of requests there before you send it again.")},
    {413, 413, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "The request is too large for %1 (status %3): %2 Send a smaller picture or fewer words.")},
    {429, 429, FailureClass::Busy, ErrorCode::Unavailable,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 takes no more requests at the moment (status %3): %2 It is asked again later.")},
    {400, 499, FailureClass::Rejected, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 rejected the request (status %3): %2 Change what it names and send it again.")},
    {500, 599, FailureClass::Ambiguous, ErrorCode::ServiceFailed,
     QT_TRANSLATE_NOOP("Galley::Failure", "%1 failed while it had the request (status %3): %2 The request may have been carried out: look at the list of requests there before you send it again.")},
};

constexpr const char *busyLater = QT_TRANSLATE_NOOP("Galley::Failure", "%1 is not ready (status %3): %2 It is asked again later.");
constexpr const char *strange = QT_TRANSLATE_NOOP("Galley::Failure", "%1 answered with the unexpected status %3: %2 The request may have been carried out: look at the list of requests there before you send it again.");

bool found(const char *pattern, const QString &text)
{
    if (!pattern || text.isEmpty())
        return false;
    const QRegularExpression expression(QString::fromLatin1(pattern), QRegularExpression::CaseInsensitiveOption);
    return expression.match(text).hasMatch();
}

bool applies(const WordRule &rule, const HttpReply &reply, const ErrorWords &words)
{
    if (reply.status < 400 || reply.status == 401)
        return false;
    if (found(rule.pattern, words.code) || found(rule.pattern, words.type) || found(rule.pattern, words.status))
        return true;
    // Words alone decide only where a status says that the request itself is the trouble.
    return (reply.status == 400 || reply.status == 403 || reply.status == 404 || reply.status == 410 || reply.status == 422
            || (reply.status == 429 && rule.failure == FailureClass::Rejected))
           && found(rule.sentence, words.message);
}

/// The service's words as a sentence of their own: quoted, so that nobody takes them for Galley's.
QString quoted(const QString &message)
{
    const QString text = shortened(message);
    return text.isEmpty() ? tr("it says nothing more.") : QString(QLatin1Char('"') + text + QStringLiteral("\"."));
}

Error makeError(const HttpReply &reply, const QString &service, const ErrorWords &words, FailureClass failure, ErrorCode code, const char *message)
{
    Error error;
    error.code = code;
    error.failure = failure;
    error.httpStatus = reply.status;
    error.message = tr(message);
    error.message.replace(QLatin1String("%3"), QString::number(reply.status));
    error.message.replace(QLatin1String("%1"), service);
    error.message.replace(QLatin1String("%2"), quoted(words.message));
    error.serviceCode = shortened(!words.code.isEmpty() ? words.code : !words.status.isEmpty() ? words.status : words.type, 100);
    error.detail = shortened(QString::fromUtf8(reply.body.left(2000)), 1000);
    return error;
}

} // namespace

QString shortened(const QString &text, int length)
{
    QString line = text.left(4 * length);
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.isNull())
            c = QLatin1Char(' ');
    }
    line = line.simplified();
    return line.size() <= length ? line : QString(line.left(length - 1) + QChar(0x2026));
}

ErrorWords errorWords(const HttpReply &reply)
{
    ErrorWords words;
    const QByteArray start = reply.body.left(64).trimmed();
    if (start.startsWith('{') || start.startsWith('[') || start.startsWith('"')) {
        const auto json = parseJson(reply.body, QStringLiteral("error"), JsonLimits{.bytes = maxErrorBytes, .depth = 64});
        if (json)
            words = jsonWords(*json);
    }
    if (words.message.isEmpty() && words.code.isEmpty())
        words.message = textWithoutMarkup(reply.body);
    if (words.code == QString::number(reply.status))
        words.code.clear();
    if (words.code.isEmpty())
        words.code = words.type;
    words.message = shortened(words.message, maxWords);
    return words;
}

Error failureOf(const HttpReply &reply, const QString &service, qint64 nowMs)
{
    const ErrorWords words = errorWords(reply);
    for (const WordRule &rule : wordRules) {
        if (applies(rule, reply, words)) {
            const ErrorCode code = rule.failure == FailureClass::Refused ? ErrorCode::Refused : ErrorCode::ServiceFailed;
            return makeError(reply, service, words, rule.failure, code, rule.message);
        }
    }
    const qint64 wait = retryAfterMs(reply, nowMs);
    if (reply.status == 503 && wait >= 0) {
        Error error = makeError(reply, service, words, FailureClass::Busy, ErrorCode::Unavailable, busyLater);
        error.retryAfterMs = wait;
        return error;
    }
    for (const StatusRule &rule : statusRules) {
        if (reply.status >= rule.from && reply.status <= rule.to) {
            Error error = makeError(reply, service, words, rule.failure, rule.code, rule.message);
            error.retryAfterMs = wait;
            return error;
        }
    }
    return makeError(reply, service, words, FailureClass::Ambiguous, ErrorCode::ServiceFailed, strange);
}

qint64 durationMs(const QString &text)
{
    static const QRegularExpression whole(QStringLiteral("^(\\d{1,9}(\\.\\d{1,9})?(ms|us|µs|ns|h|m|s))+$"));
    static const QRegularExpression part(QStringLiteral("(\\d+(?:\\.\\d+)?)(ms|us|µs|ns|h|m|s)"));
    constexpr double yearMs = 365.0 * 24 * 3600 * 1000;
    if (text.size() > 64 || !whole.match(text).hasMatch())
        return -1;
    double ms = 0;
    for (auto it = part.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString unit = match.captured(2);
        const double factor = unit == QLatin1String("h")    ? 3'600'000
                              : unit == QLatin1String("m")  ? 60'000
                              : unit == QLatin1String("s")  ? 1000
                              : unit == QLatin1String("ms") ? 1
                              : unit == QLatin1String("ns") ? 1e-6
                                                            : 1e-3;
        ms += match.captured(1).toDouble() * factor;
    }
    return qint64(std::ceil(std::min(ms, yearMs)));
}

} // namespace Galley
