#include "ui/queue/modelnames.h"

namespace Galley {

void ModelNames::setCatalogue(const ModelCatalogue &catalogue)
{
    m_labels.clear();
    m_aliases.clear();
    for (const ModelEntry &model : catalogue.models)
        m_labels.insert(model.id, model.label.isEmpty() ? model.id : model.label);
    for (auto alias = catalogue.aliases.cbegin(); alias != catalogue.aliases.cend(); ++alias)
        m_aliases.insert(alias.key(), alias.value());
    // What a service calls a model is that model to people too, unless several models are called so: then nobody knows which one it was.
    QHash<QString, int> named;
    for (const ModelEntry &model : catalogue.models)
        ++named[model.upstream];
    for (const ModelEntry &model : catalogue.models) {
        if (!model.upstream.isEmpty() && named.value(model.upstream) == 1 && !m_labels.contains(model.upstream) && !m_aliases.contains(model.upstream))
            m_aliases.insert(model.upstream, model.id);
    }
    QStringList ids;
    for (const ModelEntry &model : catalogue.models)
        ids << model.id;
    use(ids);
}

void ModelNames::use(const QStringList &models)
{
    for (const QString &each : models) {
        const QString known = id(each);
        if (!known.isEmpty() && !m_hues->contains(known))
            m_hues->insert(known, int(m_hues->size()));
    }
}

QString ModelNames::id(const QString &idOrAlias) const
{
    return m_aliases.value(idOrAlias, idOrAlias);
}

QString ModelNames::label(const QString &idOrAlias) const
{
    const QString known = id(idOrAlias);
    return m_labels.value(known, known);
}

QString ModelNames::labels(const QString &models) const
{
    static const auto comma = QStringLiteral(", ");
    QStringList words;
    for (const QString &model : models.split(comma))
        words << label(model);
    return words.join(comma);
}

int ModelNames::hue(const QString &idOrAlias) const
{
    return m_hues->value(id(idOrAlias), 6);  // grey: nobody has asked for a hue
}

} // namespace Galley
