#pragma once

#include "core/routing/modelcatalogue.h"

#include <QHash>
#include <QString>

namespace Galley {

/// What people call models, and the hue that each keeps in bars and charts of one window. A value; made from the catalogue.
class ModelNames
{
public:
    /// Takes the labels of \a catalogue; hues that were given stay.
    void setCatalogue(const ModelCatalogue &catalogue);
    /// Gives a hue to each of \a models that has none, in this order.
    void use(const QStringList &models);

    QString id(const QString &idOrAlias) const;
    QString label(const QString &idOrAlias) const;
    /// The same for several, "a, b".
    QString labels(const QString &models) const;
    int hue(const QString &idOrAlias) const;  ///< of Theme::hue()

private:
    QHash<QString, QString> m_labels;   ///< by id
    QHash<QString, QString> m_aliases;
    QHash<QString, int> m_hues;         ///< by id
};

} // namespace Galley
