#pragma once

#include "ui/widgets/theme.h"

#include <QObject>
#include <QDBusVariant>
#include <QVariant>

namespace Galley {

/// Puts light or dark in force and follows the desktop where asked to ("system"): the settings portal's
/// org.freedesktop.appearance color-scheme where there is a session bus, else light. One per process, owned by the application.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    explicit ThemeSwitch(QObject *parent = nullptr);

    /// "system", "light" or "dark"; sets the application's palette at once.
    void setChoice(const QString &choice);
    QString choice() const { return m_choice; }
    Theme theme() const;

    /// What the portal's value means: 1 is "prefer dark"; nested variants are unwrapped.
    static bool isDark(const QVariant &portalValue);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void portalChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void apply();

    QString m_choice = QStringLiteral("light");
    bool m_systemDark = false;
    bool m_asked = false;
};

/// Fusion, Galley's proxy style, fonts and icon defaults for the whole application. Once, before the first widget.
void applyStyle();

} // namespace Galley
