#pragma once

#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <cmath>
#include <optional>
#include <type_traits>

namespace Galley {

/// One setting: key, default, label and help, used by the store, the page and the tests alike. Lives inside Settings.
template<typename T>
class Setting
{
public:
    Setting(QSettings *store, const char *key, T defaultValue, QString label, QString help = {}, QStringList choices = {},
            std::optional<T> least = {})
        : m_store(store)
        , m_key(QString::fromLatin1(key))
        , m_default(std::move(defaultValue))
        , m_label(std::move(label))
        , m_help(std::move(help))
        , m_choices(std::move(choices))
        , m_least(std::move(least))
    {}

    QString key() const { return m_key; }
    QString label() const { return m_label; }
    QString help() const { return m_help; }
    QStringList choices() const { return m_choices; }
    T defaultValue() const { return m_default; }

    /// A stored value of another type, outside choices(), below the least or without end ("nan", "inf") reads as the default.
    T value() const
    {
        QVariant stored = m_store->value(m_key);
        if (!stored.isValid() || (!m_choices.isEmpty() && !m_choices.contains(stored.toString())))
            return m_default;
        // The file holds texts: "abc" could be converted to a number, but to 0.
        if (!stored.convert(QMetaType::fromType<T>()))
            return m_default;
        const T value = stored.value<T>();
        if constexpr (std::is_floating_point_v<T>) {
            if (!std::isfinite(value))
                return m_default;
        }
        return m_least && value < *m_least ? m_default : value;
    }
    void set(const T &value) { m_store->setValue(m_key, QVariant::fromValue(value)); }

private:
    QSettings *m_store;
    QString m_key;
    T m_default;
    QString m_label;
    QString m_help;
    QStringList m_choices;
    std::optional<T> m_least;
};

/// galley.conf. Lives on the GUI thread (or the main thread of a command); made once by the application and handed in.
class Settings
{
public:
    /// \a file need not exist.
    explicit Settings(const QString &file);

private:
    QSettings m_store;

public:
    Setting<QString> theme;        ///< ui/theme: system, light, dark
    Setting<QString> language;     ///< ui/language: empty = system, "en", "de"
    Setting<QString> draftSource;  ///< draft/source: auto, generated, clip-art
    Setting<int> draftSteps;       ///< draft/steps
    Setting<QString> draftDevice;  ///< draft/device: auto, cpu, cuda
    Setting<int> draftThreads;     ///< draft/threads: 0 = all cores
    Setting<int> modelMemoryGb;    ///< models/memory_gb: what all models of this machine may take; 0 = what is free, less a tenth
    Setting<double> budgetPerDay;  ///< budget/per_day_usd: for each project and day, 0 = none, as everything below it
    Setting<QString> proxy;        ///< network/proxy: empty = as the system says, or http://host:port, socks5://host:port
    Setting<bool> offline;         ///< network/offline: no service is asked, finals wait in the queue
    Setting<int> cacheMaxGb;       ///< cache/max_gb: what renders on disk may take up; 0: nothing is kept

    Setting<QString> routesUrl;    ///< routes/url: where the rules come from instead of routes.yaml; empty: the file
    Setting<int> routesPoll;       ///< routes/poll_seconds: how often that address is asked

    Setting<bool> libraryMetadata; ///< library/metadata: provenance is written into exported pictures
    Setting<bool> libraryA1111;    ///< library/a1111: and their parameters as AUTOMATIC1111 writes them

    /// Window geometry, docks, splitters, recent files: what the interface remembers by itself.
    QSettings *raw() { return &m_store; }
};

} // namespace Galley
