#pragma once

#include "core/store/libraryquery.h"

#include <QList>
#include <QString>

namespace Galley {

/// A person preferred a picture of one model to one of another.
struct Preference
{
    QString chosen;   ///< model ids
    QString leftOut;

    bool operator==(const Preference &) const = default;
};

/// What LibraryService::picks() has, as comparisons of models.
QList<Preference> preferencesOf(const QList<PickPair> &picks);

/// How often a model's pictures are preferred.
struct ModelStrength
{
    QString model;
    int chosen = 0;       ///< comparisons won
    int leftOut = 0;      ///< comparisons lost
    double strength = 0;  ///< Bradley–Terry, as a logarithm; the strengths of all models add up to 0
    double error = 0;     ///< standard error of it
    double share = 0.5;   ///< the chance that its picture is preferred to one of an average model of these
    double low = 0;       ///< the interval of share
    double high = 1;

    bool operator==(const ModelStrength &) const = default;
};

struct Preferences
{
    QList<ModelStrength> models;  ///< strongest first
    int picks = 0;                ///< that were counted: both models known and different
    bool isConnected = true;      ///< false: some models were never compared with the others, not even through a third
    QString sentence;             ///< who leads, or that it is too early to say

    bool operator==(const Preferences &) const = default;
};

/// Bradley and Terry's model (1952), fitted by Newton's method. Each model has also won and lost half a comparison with an average one, so that a model that
/// never lost stays finite and one that was never compared is average; intervals from the Fisher information. Picks of a model against itself count for
/// nothing. Pure.
Preferences modelPreferences(const QList<Preference> &picks, double confidence = 0.95);

/// The chance that \a a is preferred to \a b; 0.5 for models that are not there.
double preferenceChance(const Preferences &preferences, const QString &a, const QString &b);

} // namespace Galley
