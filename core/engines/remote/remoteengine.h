#pragma once

#include "core/engines/remote/remotecall.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Galley {

/// One wire format: how to test it and how to make a call. One folder under core/engines/remote and one line in registry.cpp each.
struct ServiceKind
{
    QString name;         ///< "openai": BackendEntry::kind
    QString title;        ///< "OpenAI Images"
    QUrl defaultUrl;      ///< where the hosted service is; empty: the user must name an address
    bool needsKey = true;
    QStringList features; ///< of ModelEntry::supports what the format can carry at all, and "strength": how far to leave a start picture
    bool readsBrackets = false;  ///< "(word:1.2)" and "[word]" weigh words there, so that a bracket that is meant as a character is escaped
    bool canLookUp = false;
    std::function<RemoteCall *(HttpClient *client, CallContext context, QObject *parent)> makeCall;
    /// The cheap request that tells whether address and key are right, and the sentence for its answer.
    std::function<HttpRequest(const BackendEntry &backend, const Secret &key)> testRequest;
    std::function<Result<QString>(const BackendEntry &backend, const HttpReply &reply)> readTest;  ///< of a 2xx answer
    /// Of any other, which may be good news as well: a job that does not exist, but was asked for with a key that is taken. Absent: failureOf().
    std::function<Result<QString>(const BackendEntry &backend, const HttpReply &reply)> readTestFailure = {};
    /// Which of \c features this backend carries, where that depends on its dialect or description. Absent: all of them.
    std::function<QStringList(const BackendEntry &backend)> featuresOfBackend = {};

    QStringList featuresOf(const BackendEntry &backend) const { return featuresOfBackend ? featuresOfBackend(backend) : features; }
};

/// All kinds, by name; null for one that does not exist.
const ServiceKind *findServiceKind(const QString &name);
QStringList serviceKindNames();

/// Whether \a backend is to be asked with a key: one that names its key, and the hosted service of a kind that needs one (also by leaving its
/// address out).
bool needsKey(const BackendEntry &backend);

/// Hands out the key of a backend when a call starts, so that a replaced key takes effect at once. May answer later (a keychain asks the user).
using KeySource = std::function<QFuture<Result<Secret>>(const BackendEntry &backend)>;

/// A service behind the RenderEngine interface. Lives on the client's thread. Does not own \a client, which must outlive it; destroying the engine
/// stops its calls and finishes their futures as Cancelled.
class RemoteEngine : public QObject, public RenderEngine
{
    Q_OBJECT

public:
    RemoteEngine(HttpClient *client, const BackendEntry &backend, KeySource keys, QObject *parent = nullptr);
    ~RemoteEngine() override;

    const BackendEntry &backend() const { return m_backend; }

    QFuture<Result<EngineCapabilities>> capabilities() override;
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<RenderResult>> lookUp(const EngineRequest &request, const QString &remoteId, RenderObserver observer,
                                         std::stop_token stop) override;
    QFuture<Result<QString>> testConnection(std::stop_token stop) override;
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override;

    int backOffMs = 500;         ///< CallContext::backOffMs of every call; tests lower it
    HttpLimits readLimits = CallContext::questionLimits;     ///< CallContext::readLimits, likewise
    HttpLimits transferLimits = CallContext::pictureLimits;  ///< CallContext::transferLimits, likewise

private:
    template<typename T>
    struct Pending;
    using PendingRender = Pending<RenderResult>;
    using PendingTest = Pending<QString>;

    QFuture<Result<RenderResult>> begin(const EngineRequest &request, const QString &remoteId, RenderObserver observer, std::stop_token stop);
    template<typename T>
    QFuture<Result<T>> withKey(std::stop_token stop, std::function<void(const std::shared_ptr<Pending<T>> &, const Secret &)> next);
    Result<void> usable() const;
    Error missingKey() const;
    void startCall(const std::shared_ptr<PendingRender> &pending, CallContext context);
    void startTest(const std::shared_ptr<PendingTest> &pending, const Secret &key, std::stop_token stop);

    HttpClient *m_client;
    BackendEntry m_backend;
    KeySource m_keys;
    const ServiceKind *m_kind;
    std::vector<std::shared_ptr<PendingRender>> m_renders;
    std::vector<std::shared_ptr<PendingTest>> m_tests;
};

} // namespace Galley
