#include "core/settings/secretservice.h"

#include <QAtomicInt>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QLibrary>
#include <QVariant>

#include <memory>

namespace Galley {

namespace {

const QString secrets = QStringLiteral("org.freedesktop.secrets");
const QString service = QStringLiteral("org.freedesktop.Secret.Service");
const QString servicePath = QStringLiteral("/org/freedesktop/secrets");

/// A connection that nobody else uses, closed at the end.
class Bus
{
public:
    explicit Bus(int timeoutMs)
        : m_name(QStringLiteral("galley-secrets-%1").arg(s_count.fetchAndAddRelaxed(1)))
        , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name))
        , m_timeoutMs(timeoutMs)
    {}
    ~Bus() { QDBusConnection::disconnectFromBus(m_name); }
    Bus(const Bus &) = delete;
    Bus &operator=(const Bus &) = delete;

    bool isConnected() const { return m_bus.isConnected(); }

    /// The first value of the answer; invalid when there is none in time.
    QVariant ask(const QString &peer, const QString &path, const QString &interface, const char *method, const QVariantList &arguments) const
    {
        QDBusMessage message = QDBusMessage::createMethodCall(peer, path, interface, QString::fromLatin1(method));
        message.setArguments(arguments);
        message.setAutoStartService(false);
        const QDBusMessage answer = m_bus.call(message, QDBus::Block, m_timeoutMs);
        return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
    }

private:
    static inline QAtomicInt s_count;

    QString m_name;
    QDBusConnection m_bus;
    int m_timeoutMs;
};

} // namespace

void loadSecretLibraries()
{
    for (const char *name : {"secret-1", "gio-2.0"}) {
        QLibrary library(QString::fromLatin1(name), 0);
        library.load(); // stays loaded; what is missing is told when a key is asked for
    }
}

void surviveLostBus()
{
    // GIO without its headers: a build dependency for three calls would be out of proportion.
    using Callback = void (*)(void *source, void *result, void *data);
    using Get = void (*)(int type, void *cancellable, Callback callback, void *data);
    using GetFinish = void *(*)(void *result, void **error);
    using SetExit = void (*)(void *connection, int exits);
    using Unref = void (*)(void *object);
    struct Gio
    {
        GetFinish finish = nullptr;
        SetExit setExit = nullptr;
        Unref unref = nullptr;
    };
    constexpr int sessionBus = 2;
    QLibrary library(QStringLiteral("gio-2.0"), 0);
    const auto get = Get(library.resolve("g_bus_get"));
    auto *gio = new Gio{GetFinish(library.resolve("g_bus_get_finish")), SetExit(library.resolve("g_dbus_connection_set_exit_on_close")),
                        Unref(library.resolve("g_object_unref"))};
    if (!get || !gio->finish || !gio->setExit || !gio->unref) {
        delete gio;
        return;
    }
    const Callback done = [](void *, void *result, void *data) {
        const std::unique_ptr<Gio> calls(static_cast<Gio *>(data));
        if (void *connection = calls->finish(result, nullptr)) {
            calls->setExit(connection, 0);
            calls->unref(connection);
        }
    };
    get(sessionBus, nullptr, done, gio);
}

SecretServiceState probeSecretService(int timeoutMs)
{
    const Bus bus(timeoutMs);
    if (!bus.isConnected())
        return SecretServiceState::NoBus;
    const QVariant owned = bus.ask(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"), QStringLiteral("org.freedesktop.DBus"),
                                   "NameHasOwner", {secrets});
    if (!owned.isValid())
        return SecretServiceState::NoBus;
    if (!owned.toBool())
        return SecretServiceState::NoService;
    const QVariant alias = bus.ask(secrets, servicePath, service, "ReadAlias", {QStringLiteral("default")});
    if (!alias.isValid())
        return SecretServiceState::Silent;
    const QString keyring = alias.value<QDBusObjectPath>().path();
    if (keyring.isEmpty() || keyring == QLatin1String("/"))
        return SecretServiceState::NoKeyring;
    const QVariant locked = bus.ask(secrets, keyring, QStringLiteral("org.freedesktop.DBus.Properties"), "Get",
                                    {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    if (!locked.isValid())
        return SecretServiceState::Silent;
    return locked.value<QDBusVariant>().variant().toBool() ? SecretServiceState::Locked : SecretServiceState::Unlocked;
}

} // namespace Galley
