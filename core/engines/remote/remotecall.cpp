#include "core/engines/remote/remotecall.h"

#include "core/base/async.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/redaction.h"
#include "core/engines/remote/remoteengine.h"
#include "core/engines/remote/resultlink.h"
#include "core/engines/remote/servicepictures.h"
#include "core/engines/remote/wire.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <limits>
#include <utility>

namespace Galley {

namespace {

constexpr qint64 maxBackOffMs = 8000;
constexpr qint64 maxWaitMs = 120'000;  ///< a service that asks for more is given up
constexpr int mostTries = 5;
constexpr int maxPictures = 16;
constexpr int patienceInTries = 3;     ///< all tries of one request together, in total deadlines of one
constexpr int mostPolls = 130;         ///< about ten minutes
constexpr int usualPatienceMs = 600'000;
constexpr int okStatus = 200;
constexpr JsonLimits answerLimits{.bytes = 64LL << 20, .depth = 64, .members = 20'000};

/// Idempotent requests try again after these.
bool isPassing(const Error &error)
{
    return error.failure == FailureClass::NotSent || error.failure == FailureClass::Busy || error.failure == FailureClass::Ambiguous;
}

/// "4x5" as 0.8; 0 when it is no ratio.
double ratioOf(const QString &text)
{
    const QStringList sides = text.split(QLatin1Char('x'));
    const double height = sides.value(1).toDouble();
    return height > 0 ? sides.value(0).toDouble() / height : 0;
}

Result<ServicePicture> readOne(const Result<QByteArray> &source, bool base64)
{
    const auto bytes = source && base64 ? bytesFromBase64(*source) : source;
    return bytes ? readPicture(*bytes) : Result<ServicePicture>(fail(bytes.error()));
}

} // namespace

/// A request that may be sent again.
struct RemoteCall::Errand
{
    HttpRequest http;
    Next next;
    std::function<void(const Error &)> lost;
    qint64 leftMs = 0;  ///< for all tries together
    int done = 0;       ///< tries
    QElapsedTimer clock = {};
};

/// What became of the pictures of one answer.
struct RemoteCall::Decoded
{
    QList<ServicePicture> pictures = {};
    QList<qsizetype> places = {};  ///< of each, among all that the service sent
    QList<std::pair<qsizetype, Error>> lost = {};
    double ms = 0;
};

/// Pictures on their way; they arrive in any order.
struct RemoteCall::Downloads
{
    QList<Result<QByteArray>> files;
    qsizetype missing = 0;
};

struct RemoteCall::Private
{
    std::optional<std::stop_callback<std::function<void()>>> onStop;
    bool started = false;
    double connectMs = 0;
    double downloadMs = 0;
    double decodeMs = 0;
    int partialShown = -1;
};

RemoteCall::RemoteCall(HttpClient *client, CallContext context, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_context(std::move(context))
    , d(std::make_unique<Private>())
{
    m_promise.start();
    m_paidAccepted = !m_context.remoteId.isEmpty();
    result.backend = m_context.backend.id;
    // result.model stays empty until the service has named it: what was asked for is in the request.
    result.seed = m_context.request.seed;
    result.seedKnown = m_context.request.seedWanted;
    result.steps = m_context.request.steps;
    result.remoteId = m_context.remoteId;
}

RemoteCall::~RemoteCall()
{
    d->onStop.reset();
    if (!m_ended)
        end(Galley::fail(ErrorCode::Cancelled, tr("The request to %1 was cancelled.").arg(service())));
}

void RemoteCall::run()
{
    m_clock.start();
    // The token may fire on any thread; the callback's destructor waits for one that is under way, so that `this` is alive in it.
    d->onStop.emplace(m_context.stop, [this] { QMetaObject::invokeMethod(this, [this] { cancel(); }, Qt::QueuedConnection); });
    if (m_context.stop.stop_requested()) {
        cancel();
        return;
    }
    d->started = true;
    if (remoteId().isEmpty())
        start();
    else
        lookUp();
}

void RemoteCall::cancel()
{
    if (m_ended)
        return;
    if (d->started)
        cancelRemote();
    Error error{ErrorCode::Cancelled, tr("The request to %1 was cancelled.").arg(service())};
    // Who keeps the books needs to know whether something may have been billed.
    error.failure = result.requestsSent > 0 || m_paidAccepted ? FailureClass::Ambiguous : FailureClass::NotSent;
    fail(error);
}

void RemoteCall::lookUp()
{
    fail(Error{ErrorCode::Unsupported, tr("%1 cannot be asked what became of a request. Look at its web page, then decide.").arg(service()), {},
               FailureClass::Ambiguous});
}

Error RemoteCall::readFailure(const HttpReply &reply) const
{
    return failureOf(withoutKey(reply), service(), QDateTime::currentMSecsSinceEpoch());
}

HttpReply RemoteCall::withoutKey(HttpReply reply) const
{
    Redaction(key()).clean(reply);
    return reply;
}

QString RemoteCall::shortened(const QString &text, int length) const
{
    QString words = text;
    Redaction(key()).clean(words);
    return Galley::shortened(words, length);
}

QString RemoteCall::service() const
{
    return backend().title();
}

QUrl RemoteCall::url(const QString &path) const
{
    return serviceUrl(backend(), path);
}

HttpRequest RemoteCall::get(const QString &path) const
{
    HttpRequest http;
    http.url = url(path);
    http.plain = plainHttp(backend());
    return http;
}

HttpRequest RemoteCall::postJson(const QString &path, const Json &body) const
{
    return post(path, dumpJson(body));
}

HttpRequest RemoteCall::post(const QString &path, const QByteArray &json) const
{
    HttpRequest http = get(path);
    http.method = "POST";
    http.contentType = "application/json";
    http.body = json;
    return http;
}

void RemoteCall::makeBody(std::function<Json()> make, std::function<void(const QByteArray &)> next)
{
    const auto work = runOn(QThreadPool::globalInstance(), [make = std::move(make)] {
        const Json body = make();
        return body.is_null() ? QByteArray() : dumpJson(body);
    });
    onFinished(work, this, [this, next = std::move(next)](const QFuture<QByteArray> &future) {
        if (!m_ended)
            next(future.result());
    });
}

void RemoteCall::authorize(HttpRequest &http, const QByteArray &name, const QByteArray &prefix) const
{
    if (!key().isEmpty())
        http.secrets.append({name, prefix, key()});
}

HttpLimits RemoteCall::paidLimits() const
{
    HttpLimits limits;
    const auto seconds = backend().options.find("timeout_s");
    if (seconds != backend().options.end() && seconds->is_number())
        limits.totalMs = int(std::clamp(seconds->get<double>(), 1.0, 3600.0) * 1000);
    limits.idleMs = limits.totalMs;
    return limits;
}

void RemoteCall::sendPaid(HttpRequest http, Next next, HttpClient::OnEvent onEvent)
{
    if (m_ended)
        return;
    if (http.limits == HttpLimits{})
        http.limits = paidLimits();
    // A link that is followed would be a second request; some families order with GET.
    http.maxRedirects = 0;
    ++result.requestsSent;
    HttpClient::OnEvent whileAlive;
    if (onEvent) {
        whileAlive = [this, onEvent = std::move(onEvent)](const ServerEvent &event) {
            m_paidAccepted = true;
            result.httpStatus = okStatus;  // other answers have no events
            noteRequestId(event.head);  // the picture may be read before the stream ends
            if (!m_ended && !m_finishing)
                onEvent(event);
        };
    }
    const auto done = [this, next = std::move(next)](const Result<HttpReply> &reply) {
        if (m_ended || (m_answered && !reply))
            return;
        if (!reply) {
            fail(reply.error());
            return;
        }
        d->connectMs += reply->timings.connectMs;
        d->downloadMs += std::max(0.0, reply->timings.totalMs - reply->timings.firstByteMs);
        noteRequestId(*reply);
        if (reply->status < 200 || reply->status >= 300) {
            Error error = readFailure(withoutKey(*reply));
            if (!result.requestId.isEmpty())
                error.detail = tr("Request %1. %2").arg(result.requestId, error.detail);
            fail(error);
            return;
        }
        m_paidAccepted = true;
        result.httpStatus = reply->status;
        next(*reply);
    };
    m_client->send(http, stopToken(), this, done, std::move(whileAlive));
}

void RemoteCall::noteRequestId(const HttpReply &reply)
{
    for (const char *name : {"x-request-id", "request-id", "x-fal-request-id"}) {
        if (result.requestId.isEmpty())
            result.requestId = shortened(QString::fromLatin1(reply.header(name)), 200);
    }
}

void RemoteCall::send(HttpRequest http, Next next, std::function<void(const Error &)> lost)
{
    if (http.limits == HttpLimits{})
        http.limits = m_context.readLimits;
    const qint64 patienceMs = qint64(http.limits.totalMs) * patienceInTries;
    attempt(std::make_shared<Errand>(Errand{std::move(http), std::move(next), std::move(lost), patienceMs}));
}

void RemoteCall::attempt(const std::shared_ptr<Errand> &errand)
{
    if (m_ended)
        return;
    errand->clock.start();
    HttpRequest http = errand->http;
    http.limits.totalMs = int(std::min<qint64>(http.limits.totalMs, errand->leftMs));
    m_client->send(http, stopToken(), this, [this, errand](const Result<HttpReply> &reply) {
        if (m_ended)
            return;
        errand->leftMs -= errand->clock.elapsed();
        const int done = errand->done++;
        if (reply && reply->status >= 200 && reply->status < 300) {
            if (result.requestsSent == 0)
                result.httpStatus = reply->status;
            errand->next(*reply);
            return;
        }
        const Error error = reply ? readFailure(withoutKey(*reply)) : reply.error();
        const qint64 wait = std::max<qint64>(error.retryAfterMs, 0);
        const bool isOverdue = errand->leftMs < errand->http.limits.totalMs / 4;
        if (!isPassing(error) || errand->done >= mostTries || wait > maxWaitMs || isOverdue) {
            errand->lost && error.code != ErrorCode::Cancelled ? errand->lost(error) : giveUp(error);
            return;
        }
        const qint64 backOff = std::min(qint64(m_context.backOffMs) << std::min(done, 10), maxBackOffMs);
        const double jitter = 1 - 0.25 * QRandomGenerator::global()->generateDouble();
        later(int(error.retryAfterMs >= 0 ? wait : qint64(double(backOff) * jitter)), [this, errand] { attempt(errand); });
    });
}

bool RemoteCall::hasPolledEnough(int round) const
{
    const double patienceMs = std::max(paidLimits().totalMs, usualPatienceMs);
    return round >= mostPolls * patienceMs / usualPatienceMs || double(m_clock.elapsed()) > patienceMs;
}

void RemoteCall::giveUp(Error error)
{
    if (error.code == ErrorCode::Cancelled) {
        cancel();
        return;
    }
    if (m_paidAccepted && error.failure != FailureClass::Refused) {
        error.failure = FailureClass::Ambiguous;
        error.message += QLatin1Char(' ') + tr("%1 had accepted the request, so the picture may be there: look for it before you send the request again.").arg(service());
    } else if (!m_paidAccepted && error.failure == FailureClass::Ambiguous) {
        // Nothing that costs money has left yet: whatever became of this request, all of it may be done again.
        error.failure = FailureClass::NotSent;
        error.detail = error.message + QLatin1Char(' ') + error.detail;
        error.message = tr("%1 broke off before the render was ordered, so that nothing was billed. Galley tries again; look whether the service runs.")
                            .arg(service());
    }
    fail(error);
}

void RemoteCall::later(int ms, std::function<void()> next)
{
    QTimer::singleShot(ms, this, [this, next = std::move(next)] {
        if (!m_ended)
            next();
    });
}

void RemoteCall::sendLast(const HttpRequest &http)
{
    m_client->send(http, {}, m_client, [](const Result<HttpReply> &) {});
}

void RemoteCall::reportAccepted(const QString &remoteId)
{
    m_paidAccepted = true;
    result.remoteId = remoteId;
    Redaction(key()).clean(result.remoteId);
    if (observer().accepted && !m_ended)
        observer().accepted(result.remoteId);
}

void RemoteCall::reportState(const QString &state)
{
    if (observer().state && !m_ended)
        observer().state(shortened(state, 80));
}

void RemoteCall::reportAnswered()
{
    m_answered = true;
    if (!std::exchange(m_finishing, true) && observer().answered && !m_ended)
        observer().answered();
}

void RemoteCall::reportProgress(int step, int of)
{
    if (observer().progress && !m_ended)
        observer().progress(step, of);
}

void RemoteCall::parse(const HttpReply &reply, std::function<void(Json)> next, std::function<void()> unreadable)
{
    const QString name = tr("The answer of %1").arg(service());
    const auto work = runOn(QThreadPool::globalInstance(), [body = reply.body, name] { return parseJson(body, name, answerLimits); });
    onFinished(work, this, [this, start = reply.body.left(2000), next = std::move(next), unreadable = std::move(unreadable)](QFuture<Result<Json>> future) {
        if (m_ended)
            return;
        auto json = future.takeResult();
        if (json)
            next(std::move(*json));
        else if (unreadable)
            unreadable();
        else
            failUnusable(tr("what it sent cannot be read"), json.error().message + QLatin1Char(' ') + shortened(QString::fromUtf8(start)));
    });
}

/// A link that is dead in this answer may be alive in the next one.
bool RemoteCall::canBeLookedUp() const
{
    const ServiceKind *kind = findServiceKind(backend().kind);
    return kind && kind->canLookUp && !result.remoteId.isEmpty() && remoteId().isEmpty();
}

void RemoteCall::finishWithUrls(const QList<QUrl> &urls, const QList<SecretHeader> &secrets)
{
    reportAnswered();
    const auto downloads = std::make_shared<Downloads>();
    downloads->missing = std::min<qsizetype>(urls.size(), maxPictures);
    downloads->files.resize(downloads->missing);
    if (urls.isEmpty())
        finishWithBytes({});
    for (qsizetype i = 0; i < downloads->files.size() && !m_ended; ++i) {
        download(urls[i], secrets, [this, i, downloads](Result<QByteArray> file) {
            downloads->files[i] = std::move(file);
            if (--downloads->missing == 0)
                decode(downloads->files, false);
        });
    }
}

void RemoteCall::download(const QUrl &url, const QList<SecretHeader> &secrets, std::function<void(Result<QByteArray>)> arrived)
{
    const auto link = resultLink(backend(), url);
    if (!link)
        return arrived(Galley::fail(link.error()));
    if (link->scheme() == QLatin1String("data"))
        return arrived(bytesFromBase64(link->toString(QUrl::FullyEncoded).toLatin1()));
    HttpRequest http;
    http.url = *link;
    http.plain = plainHttp(backend());
    http.publicOnly = !mayLinkInside(backend());
    http.limits = m_context.transferLimits;
    if (isSameOrigin(*link, backend().url))
        http.secrets = secrets;
    const auto lost = [this, arrived](const Error &error) { canBeLookedUp() ? giveUp(error) : arrived(Galley::fail(error)); };
    send(http, [this, arrived](const HttpReply &reply) {
        d->downloadMs += reply.timings.totalMs;
        arrived(reply.body);
    }, lost);
}

void RemoteCall::finishWithBase64(const QList<QByteArray> &pictures)
{
    decode({pictures.cbegin(), pictures.cend()}, true);
}

void RemoteCall::finishWithBytes(const QList<QByteArray> &pictures)
{
    decode({pictures.cbegin(), pictures.cend()}, false);
}

void RemoteCall::decode(const QList<Result<QByteArray>> &sources, bool base64)
{
    if (m_ended)
        return;
    reportAnswered();
    const auto work = runOn(QThreadPool::globalInstance(), [sources = sources.mid(0, maxPictures), base64] {
        QElapsedTimer clock;
        clock.start();
        Decoded decoded;
        for (qsizetype i = 0; i < sources.size(); ++i) {
            if (auto picture = readOne(sources[i], base64)) {
                decoded.pictures.append(std::move(*picture));
                decoded.places.append(i);
            } else {
                decoded.lost.append({i, picture.error()});
            }
        }
        decoded.ms = double(clock.nsecsElapsed()) / 1e6;
        return decoded;
    });
    onFinished(work, this, [this](QFuture<Decoded> future) {
        if (m_ended)
            return;
        Decoded decoded = future.takeResult();
        d->decodeMs += decoded.ms;
        if (!decoded.pictures.isEmpty() || decoded.lost.isEmpty())
            return finish(std::move(decoded));
        // Errors of the client and of services say whole sentences, those of pictures the end of one.
        const Error error = decoded.lost.first().second;
        error.failure == FailureClass::None ? failUnusable(error.message, error.detail) : giveUp(error);
    });
}

void RemoteCall::showPartial(const QByteArray &bytesOrBase64, int step)
{
    if (m_ended || !observer().preview)
        return;
    const auto work = runOn(QThreadPool::globalInstance(), [bytesOrBase64] {
        return readOne(bytesOrBase64, pictureMediaType(bytesOrBase64).isEmpty());
    });
    onFinished(work, this, [this, step](const QFuture<Result<ServicePicture>> &future) {
        const auto picture = future.result();
        // Pictures are decoded side by side: a late one must not replace a newer one.
        if (m_ended || !picture || step < d->partialShown)
            return;
        d->partialShown = step;
        observer().preview(step, picture->image);
    });
}

void RemoteCall::fail(const Error &error)
{
    end(Galley::fail(error));
}

void RemoteCall::failUnusable(const QString &what, const QString &detail)
{
    Error error{ErrorCode::ServiceFailed, {}, detail};
    if (m_paidAccepted) {
        error.failure = FailureClass::Ambiguous;
        error.message = isPaid() ? tr("%1 answered, but %2. The picture may have been billed all the same: ask the service before you send it again.")
                                 : tr("%1 answered, but %2. Try again, or look into the log of the server.");
    } else {
        error.failure = FailureClass::Rejected;
        error.message = tr("%1 answered, but %2. Check the address and kind of the backend in models.yaml.");
    }
    error.message = error.message.arg(service(), what);
    fail(error);
}

/// The service made them, so that it bills them like the others.
void RemoteCall::noteLost(const Decoded &decoded)
{
    const qsizetype all = decoded.pictures.size() + decoded.lost.size();
    for (const auto &[place, error] : decoded.lost) {
        QString note = error.failure == FailureClass::None
                           ? tr("Picture %1 of %2 from %3 is lost: %4.").arg(place + 1).arg(all).arg(service(), error.message)
                           : tr("Picture %1 of %2 from %3 could not be fetched. %4").arg(place + 1).arg(all).arg(service(), error.message);
        if (isPaid())
            note += QLatin1Char(' ') + tr("It is paid for with the others; ask the service for it if you need it.");
        result.notes.append(note);
    }
}

void RemoteCall::noteDifferences(const Decoded &decoded)
{
    const QSize size = decoded.pictures.first().image.size();
    const double asked = ratioOf(request().ratio);
    if (asked > 0 && std::abs(double(size.width()) / size.height() / asked - 1) > 0.03) {
        result.notes.append(tr("%1 sent a picture of %2 × %3 pixels, although the ratio %4 was asked for.")
                                .arg(service()).arg(size.width()).arg(size.height()).arg(request().ratio));
    } else if (asked <= 0 && request().size.isValid() && size != request().size) {
        result.notes.append(tr("%1 sent a picture of %2 × %3 pixels instead of %4 × %5.")
                                .arg(service()).arg(size.width()).arg(size.height()).arg(request().size.width()).arg(request().size.height()));
    }
    const qsizetype all = decoded.pictures.size() + decoded.lost.size();
    if (all != request().count)
        result.notes.append(tr("%1 sent %n pictures instead of %2.", nullptr, int(all)).arg(service()).arg(request().count));
    noteLost(decoded);
}

void RemoteCall::finish(Decoded decoded)
{
    QList<ServicePicture> &pictures = decoded.pictures;
    if (pictures.isEmpty()) {
        failUnusable(tr("there is no picture in what it sent"));
        return;
    }
    noteDifferences(decoded);
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        const qsizetype place = decoded.places[i];
        pictures[i].seed = place < pictureSeeds.size() ? pictureSeeds[place] : servedSeed;
    }
    if (const auto seed = pictures.first().seed) {
        // Not every seed of a service fits ours: the picture keeps it, the request cannot be repeated with it.
        result.seedKnown = *seed >= 0 && *seed <= std::numeric_limits<int>::max();
        result.seed = result.seedKnown ? int(*seed) : 0;
    } else if (!result.seedKnown) {
        result.seed = 0;
    }
    result.image = pictures.first().image;
    result.pictures = std::move(pictures);
    const double total = double(m_clock.nsecsElapsed()) / 1e6;
    const double rest = total - d->connectMs - d->downloadMs - d->decodeMs;
    result.timingsMs.insert({{QStringLiteral("connect"), d->connectMs}, {QStringLiteral("wait"), std::max(0.0, rest)},
                             {QStringLiteral("download"), d->downloadMs}, {QStringLiteral("decode"), d->decodeMs},
                             {QStringLiteral("total"), total}});
    end(result);
}

void RemoteCall::end(Result<RenderResult> outcome)
{
    if (std::exchange(m_ended, true))
        return;
    d->onStop.reset();
    const Redaction redaction(key());
    if (outcome) {
        redaction.clean(outcome->answer);
        redaction.clean(outcome->notes);
        for (QString *said : {&outcome->model, &outcome->revision, &outcome->remoteId, &outcome->requestId})
            redaction.clean(*said);
    } else {
        redaction.clean(outcome.error());
    }
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    m_stop.request_stop();
    Q_EMIT ended();
}

} // namespace Galley
