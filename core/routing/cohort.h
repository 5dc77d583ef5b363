#pragma once

#include <QList>
#include <QString>

namespace Galley {

/// One model that a rule can choose.
struct WeightedModel
{
    QString model;  ///< its id
    double weight = 1;
};

/// The order in which \a project prefers \a models under \a rule: weighted rendezvous on the first 64 bits of SHA-256(rule, project, model), the
/// winner first. Each model's score depends on nothing but itself and its weight, so that raising a weight only ever wins projects, and lowering one
/// only loses them. Models of weight 0 are left out. Source: Schindelhauer & Schomaker 2005. Pure; indices into \a models.
QList<qsizetype> rendezvousOrder(const QString &rule, const QString &project, const QList<WeightedModel> &models);

} // namespace Galley
