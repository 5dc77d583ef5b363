#include "core/routing/modelcatalogue.h"

#include "core/base/hostpolicy.h"
#include "core/routing/modelreader.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ModelCatalogue", text);
}

template<typename Entry>
qsizetype indexOf(const QList<Entry> &entries, const QString &id)
{
    const auto found = std::find_if(entries.cbegin(), entries.cend(), [&](const Entry &entry) { return entry.id == id; });
    return found == entries.cend() ? -1 : found - entries.cbegin();
}

template<typename Entry>
QStringList idsOf(const QList<Entry> &entries)
{
    QStringList ids;
    for (const Entry &entry : entries)
        ids.append(entry.id);
    return ids;
}

/// Servers that people run themselves, on their own machines, cost nothing for each picture. The same software is for hire as well, so that a kind
/// alone says nothing: whatever stands on the internet may be billed until the file says otherwise.
bool isSelfHosted(const BackendEntry &backend)
{
    // Without an address these kinds ask this machine.
    static const QStringList atHome{QStringLiteral("local"), QStringLiteral("comfyui"), QStringLiteral("a1111")};
    if (backend.url.isEmpty() ? !atHome.contains(backend.kind) : !isOwnNetwork(backend.url.host()))
        return false;
    static const QStringList kinds{QStringLiteral("local"), QStringLiteral("comfyui"), QStringLiteral("a1111"), QStringLiteral("custom")};
    static const QStringList billed{QString(), QStringLiteral("openai"), QStringLiteral("together"), QStringLiteral("litellm")};
    return kinds.contains(backend.kind) || (backend.kind == QLatin1String("openai") && !billed.contains(backend.dialect));
}

/// Services that nobody can use without a key.
bool isHosted(const BackendEntry &backend)
{
    static const QStringList kinds{QStringLiteral("ideogram"), QStringLiteral("stability"), QStringLiteral("gemini"), QStringLiteral("bfl")};
    return kinds.contains(backend.kind);
}

/// Lays one file over the other, key by key.
class Builder
{
public:
    /// \a file: for findings, and for relative paths inside the user's entries.
    void read(const QByteArray &text, const QString &file, bool isUsers)
    {
        m_file = isUsers ? file : QString();
        m_isUsers = isUsers;
        FindingSink sink(file, &m_catalogue.findings);
        const auto root = parseYaml(text);
        if (!root) {
            sink.report(root.error().line, {}, "not_yaml", root.error().sentence);
            return;
        }
        if (root->isNull())
            return;
        if (!root->isMap()) {
            sink.report(root->line, {}, "wrong_type", tr("The file must begin with models:, aliases: or backends:."));
            return;
        }
        static const QStringList sections{QStringLiteral("backends"), QStringLiteral("models"), QStringLiteral("aliases")};
        for (const YamlNode &member : root->items) {
            if (!sections.contains(member.key))
                unknownSection(member, sink, sections);
        }
        // Models name backends and aliases name models, whatever the order in the file.
        for (const QString &section : sections) {
            const YamlNode *node = root->find(section);
            if (!node || node->isNull())
                continue;
            if (!node->isMap()) {
                sink.report(node->keyLine, QLatin1Char('/') + section, "wrong_type", tr("\"%1\" must be a map of names.").arg(section));
                continue;
            }
            for (const YamlNode &member : node->items)
                readMember(section, member, sink);
        }
        checkReplacements(sink);
        checkPrices(sink);
    }

    ModelCatalogue take()
    {
        // Whatever the kind, somebody who writes down prices is billed.
        for (BackendEntry &backend : m_catalogue.backends) {
            if (!m_saysFree.contains(backend.id))
                backend.free = isSelfHosted(backend) && !hasPrices(backend.id);
        }
        return std::move(m_catalogue);
    }

private:
    static void unknownSection(const YamlNode &member, FindingSink &sink, const QStringList &sections)
    {
        const bool isRoute = member.key == QLatin1String("routes") || member.key == QLatin1String("default");
        sink.report(member.keyLine, QLatin1Char('/') + member.key.left(60), "unknown_key",
                    tr("The key \"%1\" is not known and has no effect.").arg(member.key.left(60)),
                    isRoute ? tr("It belongs in routes.yaml.") : didYouMean(member.key, sections), Severity::Warning);
    }

    void readMember(const QString &section, const YamlNode &member, FindingSink &sink)
    {
        const QString path = QLatin1Char('/') + section + QLatin1Char('/') + member.key;
        if (!isEntryId(member.key)) {
            sink.report(member.keyLine, path, "wrong_name",
                        tr("\"%1\" cannot be a name here: names are letters, digits, \".\", \"-\" and \"_\", at most 64.").arg(member.key.left(64)));
        } else if (section == QLatin1String("models")) {
            readModel(member, path, sink);
        } else if (section == QLatin1String("backends")) {
            readBackend(member, path, sink);
        } else {
            readAlias(member, path, sink);
        }
    }

    void readModel(const YamlNode &node, const QString &path, FindingSink &sink)
    {
        const qsizetype at = indexOf(m_catalogue.models, node.key);
        ModelEntry model = at < 0 ? ModelEntry() : m_catalogue.models.at(at);
        const QString backendBefore = model.backend;
        if (at < 0)
            model.upstream = node.key;
        model.id = node.key;
        model.file = m_file;
        model.line = node.keyLine;
        readModelEntry(node, path, sink, model);
        if (indexOf(m_catalogue.backends, model.backend) < 0) {
            const YamlNode *named = node.find(QStringLiteral("backend"));
            const int line = named ? named->keyLine : node.keyLine;
            if (model.backend.isEmpty()) {
                sink.report(line, path, "no_backend", tr("The model \"%1\" names no backend, so it cannot be used.").arg(model.id),
                            tr("Add \"backend:\" with the name of a backend."));
            } else {
                sink.report(line, path, "unknown_backend", tr("There is no backend \"%1\" for the model \"%2\".").arg(model.backend.left(64), model.id),
                            didYouMean(model.backend, idsOf(m_catalogue.backends)));
            }
            if (backendBefore.isEmpty())
                return;
            model.backend = backendBefore;
        }
        if (model.label.isEmpty())
            model.label = model.id;
        put(m_catalogue.models, at, model);
    }

    void readBackend(const YamlNode &node, const QString &path, FindingSink &sink)
    {
        const qsizetype at = indexOf(m_catalogue.backends, node.key);
        BackendEntry backend = at < 0 ? BackendEntry() : m_catalogue.backends.at(at);
        const QUrl urlBefore = backend.url;
        backend.id = node.key;
        backend.file = m_file;
        backend.line = node.keyLine;
        readBackendEntry(node, path, sink, backend);
        if (backend.kind.isEmpty()) {
            sink.report(node.keyLine, path, "no_kind", tr("The backend \"%1\" has no kind, so it cannot be used.").arg(backend.id),
                        tr("Add \"kind:\", such as openai, comfyui, a1111 or custom."));
            return;
        }
        if (backend.kind == QLatin1String("custom") && backend.url.isEmpty()) {
            sink.report(node.keyLine, path, "no_url", tr("The backend \"%1\" has no url, so it cannot be used.").arg(backend.id),
                        tr("Add \"url:\", such as https://host/api."));
            return;
        }
        backend.userNamed = backend.userNamed || (m_isUsers && backend.url != urlBefore);
        if (backend.key.isEmpty() && !node.find(QStringLiteral("key")) && isHosted(backend))
            backend.key = backend.id;
        const YamlNode *free = node.find(QStringLiteral("free"));
        if (free && free->asBool())
            m_saysFree.insert(backend.id);
        else if (backend.url != urlBefore)
            m_saysFree.remove(backend.id);  // what was said of another server
        if (backend.label.isEmpty())
            backend.label = backend.id;
        put(m_catalogue.backends, at, backend);
    }

    void readAlias(const YamlNode &node, const QString &path, FindingSink &sink)
    {
        const QString target = node.text;
        if (indexOf(m_catalogue.models, node.key) >= 0) {
            sink.report(node.keyLine, path, "alias_hides_model", tr("\"%1\" is a model already, so it cannot be an alias too.").arg(node.key));
        } else if (m_catalogue.aliases.contains(target) && indexOf(m_catalogue.models, target) < 0) {
            sink.report(node.keyLine, path, "alias_of_alias", tr("The alias \"%1\" names another alias.").arg(node.key),
                        tr("Name the model: %1.").arg(m_catalogue.aliases.value(target)));
        } else if (indexOf(m_catalogue.models, target) < 0) {
            sink.report(node.keyLine, path, "unknown_model", tr("The alias \"%1\" names the model \"%2\", which does not exist.").arg(node.key, target.left(64)),
                        didYouMean(target, idsOf(m_catalogue.models)));
        } else {
            m_catalogue.aliases.insert(node.key, target);
        }
    }

    template<typename Entry>
    static void put(QList<Entry> &entries, qsizetype at, const Entry &entry)
    {
        if (at < 0)
            entries.append(entry);
        else
            entries[at] = entry;
    }

    /// Only now are all models known. A replacement may be an alias.
    void checkReplacements(FindingSink &sink)
    {
        for (const ModelEntry &model : std::as_const(m_catalogue.models)) {
            if (model.file != m_file || model.replacement.isEmpty() || m_catalogue.findModel(model.replacement))
                continue;
            sink.report(model.line, QStringLiteral("/models/") + model.id + QStringLiteral("/replacement"), "unknown_model",
                        tr("The replacement of \"%1\", \"%2\", is no model.").arg(model.id, model.replacement.left(64)),
                        didYouMean(model.replacement, idsOf(m_catalogue.models)), Severity::Warning);
        }
    }

    void checkPrices(FindingSink &sink)
    {
        for (const BackendEntry &backend : std::as_const(m_catalogue.backends)) {
            if (backend.file != m_file || !m_saysFree.contains(backend.id) || !backend.free || !hasPrices(backend.id))
                continue;
            sink.report(backend.line, QStringLiteral("/backends/") + backend.id + QStringLiteral("/free"), "free_with_price",
                        tr("The backend \"%1\" is said to be free, but its models have prices. What fails on the way is then repeated, and may be paid twice.")
                            .arg(backend.id),
                        tr("Remove \"free: true\", or the prices."), Severity::Warning);
        }
    }

    bool hasPrices(const QString &backend) const
    {
        return std::any_of(m_catalogue.models.cbegin(), m_catalogue.models.cend(),
                           [&](const ModelEntry &model) { return model.backend == backend && !model.price.isEmpty(); });
    }

    ModelCatalogue m_catalogue;
    QSet<QString> m_saysFree;
    QString m_file;
    bool m_isUsers = false;
};

} // namespace

const ModelEntry *ModelCatalogue::findModel(const QString &idOrAlias) const
{
    const qsizetype at = indexOf(models, idOrAlias);
    const qsizetype found = at < 0 ? indexOf(models, aliases.value(idOrAlias)) : at;
    return found < 0 ? nullptr : &models.at(found);
}

const BackendEntry *ModelCatalogue::findBackend(const QString &id) const
{
    const qsizetype at = indexOf(backends, id);
    return at < 0 ? nullptr : &backends.at(at);
}

QString ModelCatalogue::retiredSentence(const ModelEntry &model, const QDate &today) const
{
    if (!model.isRetired(today))
        return {};
    const QString ended = tr("%1 was shut down on %2.").arg(model.label, model.shutdown.toString(Qt::ISODate));
    return model.replacement.isEmpty() ? ended + QLatin1Char(' ') + tr("Choose another model.")
                                       : ended + QLatin1Char(' ') + tr("Choose %1 instead.").arg(model.replacement);
}

QString ModelCatalogue::shutdownNotice(const ModelEntry &model, const QDate &today) const
{
    if (!model.shutdown.isValid() || model.isRetired(today))
        return {};
    const QString ends = tr("%1 shuts down on %2.").arg(model.label, model.shutdown.toString(Qt::ISODate));
    return model.replacement.isEmpty() ? ends : ends + QLatin1Char(' ') + tr("Its replacement is %1.").arg(model.replacement);
}

ModelCatalogue readModelCatalogue(const QByteArray &shipped, const QByteArray &user, const QString &userFile)
{
    Builder builder;
    builder.read(shipped, tr("models.yaml as shipped"), false);
    if (!user.isEmpty())
        builder.read(user, userFile, true);
    return builder.take();
}

QList<Finding> checkModelFile(const QByteArray &shipped, const QByteArray &text, const QString &file)
{
    return readModelCatalogue(shipped, text, file).findings;
}

} // namespace Galley
