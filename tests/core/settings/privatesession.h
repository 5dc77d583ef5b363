#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

/// A D-Bus session of its own with its own home, and a real gnome-keyring in it. Nothing of the machine's session is reached: the bus starts no
/// services, and every folder lies in a temporary one. All processes end with it.
class PrivateSession
{
public:
    ~PrivateSession();

    bool startBus();
    bool startKeyring();      ///< with a "login" keyring that is unlocked
    void stopKeyring();
    void stopBus();
    bool lockKeyring() const;
    /// Takes the name of the Secret Service and never answers.
    bool startSilentService();

    QProcessEnvironment environment() const;
    QString home() const { return m_home.path(); }
    QString address() const { return m_address; }
    QDBusConnection connection() const;

private:
    QTemporaryDir m_home;
    QString m_address;
    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_keyring;
    QString m_silentName;
};
