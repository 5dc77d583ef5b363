#include "ui/widgets/themeswitch.h"

#include "ui/widgets/galleystyle.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace Galley {

namespace {

const auto portalService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto portalInterface = QStringLiteral("org.freedesktop.portal.Settings");
const auto appearance = QStringLiteral("org.freedesktop.appearance");
const auto colorScheme = QStringLiteral("color-scheme");

} // namespace

ThemeSwitch::ThemeSwitch(QObject *parent)
    : QObject(parent)
{}

void ThemeSwitch::setChoice(const QString &choice)
{
    m_choice = choice;
    if (choice == QLatin1String("system") && !m_asked)
        askPortal();
    apply();
}

Theme ThemeSwitch::theme() const
{
    const bool dark = m_choice == QLatin1String("dark") || (m_choice == QLatin1String("system") && m_systemDark);
    return dark ? Theme::dark() : Theme::light();
}

bool ThemeSwitch::isDark(const QVariant &portalValue)
{
    QVariant value = portalValue;
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt() == 1;
}

void ThemeSwitch::portalChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != appearance || key != colorScheme)
        return;
    m_systemDark = isDark(QVariant::fromValue(value));
    apply();
}

void ThemeSwitch::askPortal()
{
    m_asked = true;
    // Without an address libdbus would try to start a bus of its own, which takes longer than the whole start.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, QStringLiteral("SettingChanged"), this,
                SLOT(portalChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, QStringLiteral("Read"));
    question << appearance << colorScheme;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (!reply.isValid())
            return;
        m_systemDark = isDark(reply.value());
        apply();
    });
}

void ThemeSwitch::apply()
{
    const QPalette palette = theme().palette();
    if (QApplication::palette() == palette)
        return;
    QApplication::setPalette(palette);
    Q_EMIT changed();
}

void applyStyle()
{
    QApplication::setStyle(new GalleyStyle);
    QApplication::setFont(Theme::bodyFont());
}

} // namespace Galley
