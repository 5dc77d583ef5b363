#include "app/galley/commands/modellist.h"

#include "app/galley/commands/renderreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

QString usd(double amount)
{
    return QString::number(amount, 'g', 4);
}

/// Why the key of \a backend is not at hand; empty when it is, or none is needed.
QString missingKeySentence(const BackendEntry *backend, const FoundKeys &keys)
{
    if (!backend || backend->key.isEmpty())
        return {};
    const auto found = keys.constFind(backend->key);
    if (found != keys.constEnd() && *found && (*found)->source != KeyStore::Source::None)
        return {};
    if (found != keys.constEnd() && !*found)
        return found->error().message;
    if (found != keys.constEnd() && !(*found)->hint.isEmpty())
        return (*found)->hint;
    return tr("There is no key for %1. Enter it under \"Services and Keys\", or set %2 in the environment.")
        .arg(backend->label, KeyStore::environmentName(backend->key));
}

Json priceJson(const Price &price)
{
    if (price.isEmpty())
        return nullptr;
    if (price.per != Price::Per::Table)
        return {{"usd", price.usd}, {"per", price.per == Price::Per::Image ? "image" : "megapixel"}};
    Json table = Json::object();
    for (auto entry = price.table.cbegin(); entry != price.table.cend(); ++entry)
        table[entry.key().toStdString()] = entry.value();
    return table;
}

} // namespace

ModelState modelState(const ModelEntry &model, const ModelCatalogue &catalogue, const FoundKeys &keys, const QDate &today)
{
    const BackendEntry *backend = catalogue.findBackend(model.backend);
    const Cost cost = backend ? costOf(model, *backend) : Cost::Unknown;
    if (const QString retired = catalogue.retiredSentence(model, today); !retired.isEmpty())
        return {QStringLiteral("retired"), retired, cost};
    const QString ends = catalogue.shutdownNotice(model, today);
    const QString missing = missingKeySentence(backend, keys);
    if (!missing.isEmpty())
        return {QStringLiteral("needs_key"), ends.isEmpty() ? missing : QString(ends + QLatin1Char(' ') + missing), cost};
    return {ends.isEmpty() ? QStringLiteral("ready") : QStringLiteral("ends"), ends, cost};
}

QStringList neededKeys(const ModelCatalogue &catalogue)
{
    QStringList names;
    for (const BackendEntry &backend : catalogue.backends) {
        if (!backend.key.isEmpty() && !names.contains(backend.key))
            names.append(backend.key);
    }
    return names;
}

QString priceText(const ModelEntry &model, Cost cost)
{
    const Price &price = model.price;
    if (cost != Cost::Priced)
        return cost == Cost::Free ? tr("free") : tr("price not known");
    switch (price.per) {
    case Price::Per::Image: return tr("%1 USD").arg(usd(price.usd));
    case Price::Per::Megapixel: return tr("%1 USD for a megapixel").arg(usd(price.usd));
    case Price::Per::Table: break;
    }
    const auto [least, most] = std::minmax_element(price.table.cbegin(), price.table.cend());
    return *least == *most ? tr("%1 USD").arg(usd(*least)) : tr("%1 to %2 USD").arg(usd(*least), usd(*most));
}

QString modelLine(const ModelEntry &model, const ModelState &state)
{
    const QString line = QStringLiteral("%1  %2  %3  %4  ").arg(model.id, model.backend, fidelityName(model.tier), priceText(model, state.cost));
    return line + (state.sentence.isEmpty() ? tr("ready") : state.sentence);
}

Json modelJson(const ModelEntry &model, const ModelState &state)
{
    return {{"id", model.id.toStdString()},
            {"label", model.label.toStdString()},
            {"backend", model.backend.toStdString()},
            {"upstream", model.upstream.toStdString()},
            {"tier", fidelityName(model.tier).toStdString()},
            {"dialect", dialectName(model.dialect).toStdString()},
            {"price", priceJson(model.price)},
            {"free", state.cost == Cost::Free},
            {"shutdown", textOrNull(model.shutdown.toString(Qt::ISODate))},
            {"replacement", textOrNull(model.replacement)},
            {"licence", textOrNull(model.licence)},
            {"state", state.word.toStdString()},
            {"problem", textOrNull(state.sentence)}};
}

} // namespace Galley
