#include "tests/core/settings/privatesession.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusConnectionInterface>
#include <QDBusVirtualObject>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

#include <sys/prctl.h>

namespace {

const QString secrets = QStringLiteral("org.freedesktop.secrets");

const char busConfig[] = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%1</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

/// Takes every call in and answers none.
class Silence : public QDBusVirtualObject
{
public:
    using QDBusVirtualObject::QDBusVirtualObject;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        message.setDelayedReply(true);
        return true;
    }
};

/// A process in \a environment that dies with the test, even when the test crashes.
std::unique_ptr<QProcess> makeProcess(const QProcessEnvironment &environment)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    return process;
}

void stop(std::unique_ptr<QProcess> &process)
{
    if (!process)
        return;
    process->kill();
    process->waitForFinished();
    process.reset();
}

} // namespace

PrivateSession::~PrivateSession()
{
    if (!m_silentName.isEmpty())
        QDBusConnection::disconnectFromBus(m_silentName);
    if (!m_address.isEmpty())
        QDBusConnection::disconnectFromBus(m_address);
    stopKeyring();
    stopBus();
}

QProcessEnvironment PrivateSession::environment() const
{
    QProcessEnvironment environment;
    for (const char *name : {"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    }
    environment.insert(QStringLiteral("HOME"), home());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home() + QStringLiteral("/data"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home() + QStringLiteral("/config"));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), home() + QStringLiteral("/cache"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home() + QStringLiteral("/run"));
    environment.insert(QStringLiteral("GALLEY_HOME"), home() + QStringLiteral("/galley"));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       m_address.isEmpty() ? QStringLiteral("unix:path=%1/nobody").arg(home()) : m_address);
    return environment;
}

bool PrivateSession::startBus()
{
    const QString socket = home() + QStringLiteral("/bus");
    QDir().mkpath(home() + QStringLiteral("/run"));
    QFile::setPermissions(home() + QStringLiteral("/run"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile config(home() + QStringLiteral("/bus.conf"));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write(QString::fromLatin1(busConfig).arg(socket).toUtf8());
    config.close();
    m_bus = makeProcess(environment());
    m_bus->start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--config-file=") + config.fileName(),
                                                 QStringLiteral("--print-address=1")});
    if (!m_bus->waitForStarted() || !m_bus->waitForReadyRead())
        return false;
    m_address = QString::fromUtf8(m_bus->readLine()).trimmed();
    return connection().isConnected();
}

QDBusConnection PrivateSession::connection() const
{
    QDBusConnection known(m_address);
    return known.isConnected() ? known : QDBusConnection::connectToBus(m_address, m_address);
}

bool PrivateSession::startKeyring()
{
    m_keyring = makeProcess(environment());
    m_keyring->start(QStringLiteral("gnome-keyring-daemon"),
                     {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets"),
                      QStringLiteral("--control-directory=") + home() + QStringLiteral("/run/keyring")});
    if (!m_keyring->waitForStarted())
        return false;
    m_keyring->write("a password of the test\n");
    m_keyring->closeWriteChannel();
    return QTest::qWaitFor([this] { return connection().interface()->isServiceRegistered(secrets).value(); }, 20'000);
}

void PrivateSession::stopKeyring()
{
    stop(m_keyring);
}

void PrivateSession::stopBus()
{
    stop(m_bus);
}

bool PrivateSession::lockKeyring() const
{
    QDBusMessage alias = QDBusMessage::createMethodCall(secrets, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
                                                        QStringLiteral("ReadAlias"));
    alias.setArguments({QStringLiteral("default")});
    const QDBusReply<QDBusObjectPath> keyring = connection().call(alias);
    QDBusMessage lock = QDBusMessage::createMethodCall(secrets, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
                                                       QStringLiteral("Lock"));
    lock.setArguments({QVariant::fromValue(QList<QDBusObjectPath>{keyring.value()})});
    return keyring.isValid() && connection().call(lock).type() == QDBusMessage::ReplyMessage;
}

bool PrivateSession::startSilentService()
{
    m_silentName = m_address + QStringLiteral("-silent");
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, m_silentName);
    auto *silence = new Silence(QCoreApplication::instance());
    return bus.registerVirtualObject(QStringLiteral("/"), silence, QDBusConnection::SubPath) && bus.registerService(secrets);
}
