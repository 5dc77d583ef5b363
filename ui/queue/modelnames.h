#pragma once

#include "core/routing/modelcatalogue.h"

#include <QHash>
#include <QString>

#include <memory>

namespace Galley {

/// What people call models, and the hue that each has wherever it is drawn in one window. A value, made from the catalogue; copies share their hues, so that
/// a model has the same one in all workspaces that were given copies of one. GUI thread.
class ModelNames
{
public:
    /// Takes the labels of \a catalogue and gives its models hues in its order, the same at every start; hues that were given stay.
    void setCatalogue(const ModelCatalogue &catalogue);
    /// Gives a hue to each of \a models that has none, in this order.
    void use(const QStringList &models);

    /// Of an id, an alias, or what its service calls it; anything else is its own.
    QString id(const QString &idOrAlias) const;
    QString label(const QString &idOrAlias) const;
    /// The same for several, "a, b".
    QString labels(const QString &models) const;
    int hue(const QString &idOrAlias) const;  ///< of Theme::hue()

private:
    QHash<QString, QString> m_labels;   ///< by id
    QHash<QString, QString> m_aliases;
    std::shared_ptr<QHash<QString, int>> m_hues = std::make_shared<QHash<QString, int>>();  ///< by id
};

} // namespace Galley
