#pragma once

#include "core/net/httpclient.h"
#include "core/render/modelentry.h"
#include "core/render/renderengine.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPromise>

#include <functional>
#include <optional>
#include <stop_token>

namespace Galley {

/// What one call needs, by value.
struct CallContext
{
    EngineRequest request;
    BackendEntry backend;
    Secret key;             ///< empty: the backend needs none
    RenderObserver observer;
    std::stop_token stop;
    QString remoteId = {};  ///< not empty: the request was accepted earlier under this id and is only looked up
    int backOffMs = 500;    ///< the first wait of send() between two tries; doubles up to 8 s
    HttpLimits readLimits = questionLimits;      ///< what send() sets where a request has the limits of HttpLimits
    HttpLimits transferLimits = pictureLimits;   ///< the same for pictures that are fetched or sent ahead

    /// A question whose answer is some lines. One try; all tries of one request together take at most three times as long, waits not counted.
    static constexpr HttpLimits questionLimits{.totalMs = 60'000};
    /// A picture of some megabytes on a slow line.
    static constexpr HttpLimits pictureLimits{.totalMs = 120'000};
};

/// One render on one service, from the first request to the finished picture. A subclass per wire format says what to send and how to read it;
/// this class sends, waits, downloads, decodes off the thread, classifies failures and reports. Lives on the client's thread; finishes exactly
/// once and stops soon after the stop token fires. Owned by RemoteEngine.
///
/// A subclass starts with sendPaid() (the one request that may cost money; it is never repeated here), goes on with send() (polls, uploads,
/// listings: idempotent) and ends with finish…(). Any failure that a continuation does not handle itself ends the call with fail().
class RemoteCall : public QObject
{
    Q_OBJECT

public:
    RemoteCall(HttpClient *client, CallContext context, QObject *parent = nullptr);
    ~RemoteCall() override;

    QFuture<Result<RenderResult>> future() const { return m_promise.future(); }

    void run();
    /// As the stop token does; for the owner that goes away.
    void cancel();

Q_SIGNALS:
    void ended();

protected:
    using Next = std::function<void(const HttpReply &)>;

    /// Makes the first request. In lookUp mode (context().remoteId) lookUp() is called instead.
    virtual void start() = 0;
    virtual void lookUp();
    /// Asks the service to stop the work that is under way, where it can (ComfyUI's interrupt, …); the socket is closed in any case.
    virtual void cancelRemote() {}
    /// What a failed \a reply means: the service's error shape on top of the HTTP status. The base knows the common shapes
    /// (error object, error string, detail, text) and the usual meaning of each status; see failure.h.
    virtual Error readFailure(const HttpReply &reply) const;
    /// As the function of failure.h, but with the key taken out first: half a key at the end would not be recognised.
    QString shortened(const QString &text, int length = 500) const;
    /// The backend's name in sentences.
    QString service() const;

    const EngineRequest &request() const { return m_context.request; }
    const BackendEntry &backend() const { return m_context.backend; }
    const Secret &key() const { return m_context.key; }
    const QString &remoteId() const { return m_context.remoteId; }
    const RenderObserver &observer() const { return m_context.observer; }
    HttpClient *client() const { return m_client; }
    std::stop_token stopToken() const { return m_stop.get_token(); }

    /// The backend's base URL with \a path appended ("v1/images/generations"); \a path may hold a query.
    QUrl url(const QString &path) const;
    HttpRequest get(const QString &path) const;
    HttpRequest postJson(const QString &path, const Json &body) const;
    HttpRequest post(const QString &path, const QByteArray &json) const;
    /// Runs \a make off the thread, where pictures become megabytes of base64, and hands its body as text to \a next on this one. \a make must not
    /// touch the call.
    void makeBody(std::function<Json()> make, std::function<void(const QByteArray &)> next);
    /// Adds the key as \a name: \a prefix key, unless there is none.
    void authorize(HttpRequest &http, const QByteArray &name, const QByteArray &prefix) const;
    /// What sendPaid() sets where a request has the limits of HttpLimits: a synchronous service is silent while it draws. The backend's option
    /// "timeout_s" (1–3600) replaces the ten minutes.
    HttpLimits paidLimits() const;

    /// Sends the request that may be billed. Its failure ends the call: NotSent before a byte left, Ambiguous after. Statuses ≥ 400 (and 3xx) go to
    /// readFailure(). \a onEvent: for event streams.
    void sendPaid(HttpRequest http, Next next, HttpClient::OnEvent onEvent = {});
    /// Sends a request that costs nothing and may be repeated: transport failures, 429 and 5xx are tried again with back-off while the call lives
    /// (at most \a tries, and for at most three times the total deadline of one). After sendPaid() has succeeded, giving up here is Ambiguous: the
    /// service may still have the picture. \a lost, if given, is called instead of giving up.
    void send(HttpRequest http, Next next, std::function<void(const Error &)> lost = {});
    /// The deadlines of a picture that is sent ahead of the request.
    const HttpLimits &transferLimits() const { return m_context.transferLimits; }
    const HttpLimits &readLimits() const { return m_context.readLimits; }
    /// Whether a service that was polled \a round times has had its time: about ten minutes, or longer where the backend's "timeout_s" says so.
    bool hasPolledEnough(int round) const;
    /// Calls \a next after \a ms; never after the end.
    void later(int ms, std::function<void()> next);
    /// Sends a request whose answer nobody waits for and which outlives the call: cancelRemote()'s.
    void sendLast(const HttpRequest &http);

    /// The service has taken the request in under \a remoteId: from here on it can be looked up.
    void reportAccepted(const QString &remoteId);
    void reportState(const QString &state);
    void reportAnswered();
    void reportProgress(int step, int of);

    /// Parses the body off the thread; \a next comes on this thread. Not JSON, too deep, too large: fails as an unusable answer, or calls
    /// \a unreadable.
    void parse(const HttpReply &reply, std::function<void(Json)> next, std::function<void()> unreadable = {});
    /// Each of the three keeps the pictures that are in order where others are not, and says in a note which were lost.
    ///
    /// Downloads each of \a urls (result links, relative ones resolved against the backend's address; data: URLs are decoded), decodes and finishes.
    /// \a secrets go to links of the backend's own origin and nowhere else. A hosted service cannot point into this machine or its network.
    void finishWithUrls(const QList<QUrl> &urls, const QList<SecretHeader> &secrets = {});
    /// Decodes base64 (data: prefixes allowed) off the thread and finishes.
    void finishWithBase64(const QList<QByteArray> &pictures);
    /// Checks type, size and pixels before decoding, decodes off the thread and finishes.
    void finishWithBytes(const QList<QByteArray> &pictures);
    /// A partial picture in base64 or bytes; decoded off the thread and shown, dropped silently when it cannot be read.
    void showPartial(const QByteArray &bytesOrBase64, int step);

    /// The picture has arrived: what happens to the connection of sendPaid() from here on does not matter.
    void keepAnswer() { m_answered = true; }
    /// Whether one of finish…() was called.
    bool isFinishing() const { return m_finishing; }

    void fail(const Error &error);
    /// The answer cannot be used although the service says that it succeeded: Ambiguous when paid, since it will be billed.
    void failUnusable(const QString &what, const QString &detail = {});
    bool hasEnded() const { return m_ended; }
    bool isPaid() const { return !m_context.backend.free; }

    /// What finish…() hands out; subclasses fill served model, seed, ids, cost, answer and notes before they finish.
    RenderResult result;
    std::optional<qint64> servedSeed;  ///< seeds may be larger than an int on some services
    QList<std::optional<qint64>> pictureSeeds;  ///< of each picture, where the service tells one by one; else all have servedSeed

private:
    struct Errand;
    struct Decoded;
    struct Downloads;

    void noteRequestId(const HttpReply &reply);
    void attempt(const std::shared_ptr<Errand> &errand);
    void giveUp(Error error);
    bool canBeLookedUp() const;
    HttpReply withoutKey(HttpReply reply) const;
    void download(const QUrl &url, const QList<SecretHeader> &secrets, std::function<void(Result<QByteArray>)> arrived);
    void decode(const QList<Result<QByteArray>> &sources, bool base64);
    void noteLost(const Decoded &decoded);
    void noteDifferences(const Decoded &decoded);
    void finish(Decoded decoded);
    void end(Result<RenderResult> outcome);

    HttpClient *m_client;
    CallContext m_context;
    std::stop_source m_stop;  ///< fires with the caller's token or when the call ends
    QPromise<Result<RenderResult>> m_promise;
    QElapsedTimer m_clock;
    bool m_paidAccepted = false;
    bool m_answered = false;
    bool m_finishing = false;
    bool m_ended = false;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
