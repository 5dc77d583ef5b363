#include "core/settings/settings.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Settings", text);
}

} // namespace

Settings::Settings(const QString &file)
    : m_store(file, QSettings::IniFormat)
    , theme(&m_store, "ui/theme", QStringLiteral("system"), tr("Theme"), tr("System follows the desktop."),
            {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")})
    , language(&m_store, "ui/language", QString(), tr("Language"), tr("Takes effect at the next start."),
               {QString(), QStringLiteral("en"), QStringLiteral("de")})
    , draftSource(&m_store, "draft/source", QStringLiteral("auto"), tr("Subjects"),
                  tr("Where the subjects of a draft come from. Auto takes the draft model where it is known to be good, else clip art."),
                  {QStringLiteral("auto"), QStringLiteral("generated"), QStringLiteral("clip-art")})
    , draftSteps(&m_store, "draft/steps", 0, tr("Steps"),
                 tr("More steps are slower. 0 takes as many for the live preview as this machine draws in a tenth of a second, and never more than the model was made for."), {}, 0)
    , draftDevice(&m_store, "draft/device", QStringLiteral("auto"), tr("Device"), tr("Auto takes the graphics card where there is one."),
                  {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda")})
    , draftThreads(&m_store, "draft/threads", 0, tr("Threads"), tr("0 means one for each core."))
    , modelMemoryGb(&m_store, "models/memory_gb", 0, tr("Memory for models"),
                    tr("Gigabytes for all models of this machine together. 0 takes what is free, less a tenth."), {}, 0)
    , budgetPerDay(&m_store, "budget/per_day_usd", 0, tr("Budget for a day"),
                   tr("US dollars that each project may spend on finals in one day. 0 means that there is no limit."), {}, 0.0)
    , proxy(&m_store, "network/proxy", QString(), tr("Proxy"),
            tr("Empty takes the proxy of the system; else http://host:port or socks5://host:port."))
    , offline(&m_store, "network/offline", false, tr("Work offline"), tr("Finals wait in the queue until this is switched off."))
    , cacheMaxGb(&m_store, "cache/max_gb", 4, tr("Space for the cache"),
                 tr("Gigabytes of renders that are kept, so that nothing is paid for twice. What was used longest ago goes first. 0 keeps nothing."), {}, 0)
    , routesUrl(&m_store, "routes/url", QString(), tr("Address of the rules"),
                tr("An https address whose text takes the place of routes.yaml, so that one change moves a whole studio. Empty takes the file."))
    , routesPoll(&m_store, "routes/poll_seconds", 60, tr("Ask for rules every"), tr("Seconds between two questions at that address; at least 10."))
    , libraryMetadata(&m_store, "library/metadata", true, tr("Write provenance into exported pictures"),
                      tr("Model, prompt, seed and that a model has made it, as XMP and PNG text. No local paths. Files that carry signed credentials are "
                         "never changed: a file beside them has it."))
    , libraryA1111(&m_store, "library/a1111", false, tr("Parameters for other tools"),
                   tr("Also writes prompt, seed and size as AUTOMATIC1111 does, for tools that read that."))
{}

} // namespace Galley
