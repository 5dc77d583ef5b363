#pragma once

#include "core/render/modelentry.h"
#include "core/render/renderrequest.h"
#include "core/routing/modelcatalogue.h"
#include "core/template/finding.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace Galley {

class RuleMatcher;

/// One condition of a rule: `field:regex`, searched without regard to case, or `field op number`.
struct RouteCondition
{
    enum class Field { Prompt, Intent, Fidelity, Template, Project, Tag, Tokens, PromptChars, TextChars, Width, Height };
    enum class Operator { Matches, Less, LessOrEqual, Equal, NotEqual, GreaterOrEqual, Greater };

    Field field = Field::Prompt;
    Operator op = Operator::Matches;
    QString pattern;    ///< Matches: RE2 syntax
    double number = 0;  ///< the others
    QString text;       ///< as it was written

    bool operator==(const RouteCondition &) const = default;
};

/// One model of a split; weights are relative to each other and need not add up to 100.
struct RouteShare
{
    QString model;      ///< id or alias
    double weight = 1;  ///< ≥ 0, finite
    int line = 0;
    int column = 0;

    bool operator==(const RouteShare &) const = default;
};

/// Where requests go while the chosen model has too much to do.
struct RouteBurst
{
    int queue = 0;       ///< more waiting than this; 0: not looked at
    qint64 p95Ms = 0;    ///< slower than this lately; 0: not looked at
    QString model;

    bool operator==(const RouteBurst &) const = default;
};

/// A model on trial, as the file describes it; its stage and verdict live in the library (CanaryState).
struct RouteCanary
{
    QString model;
    QList<double> steps{5, 10, 25, 50, 100};  ///< percent of the cohorts, rising
    qint64 bakeMs = 24LL * 3600 * 1000;       ///< at least so long at each step
    int minRenders = 20;                      ///< and so many of its renders
    bool shadow = false;       ///< renders too, is compared and never shown as the result
    bool autoPromote = false;  ///< a person has allowed it to go up by itself

    bool operator==(const RouteCanary &) const = default;
};

/// One rule. Entries of the file with the same match form one.
struct RouteRule
{
    QString name;                    ///< the file's, or made from the match; unique
    QList<RouteCondition> match;     ///< all must hold; empty: everything
    QList<RouteShare> split;
    QList<RouteFallback> fallback;
    std::optional<RouteBurst> burst;
    double budgetPerDayUsd = 0;      ///< 0: none of its own
    std::optional<RouteCanary> canary;
    QString note;
    int line = 0;                    ///< of its first entry, from 1

    bool operator==(const RouteRule &) const = default;
};

/// What routes.yaml says. A plain value; patterns are compiled once and shared.
struct RoutePolicy
{
    QList<RouteRule> rules;                ///< the first that matches wins
    QMap<Fidelity, QString> defaults;      ///< mid and final where the file gives them; built in otherwise
    QString file;                          ///< for reasons and messages
    QString digest;                        ///< SHA-256 of the text, lower-case hex; empty: there is no file
    QList<Finding> findings;
    std::shared_ptr<const RuleMatcher> matcher;  ///< of `rules`; null: no rule needs one

    bool hasErrors() const;
    /// The rules as they would be written, compared without places and findings.
    bool isSamePolicy(const RoutePolicy &other) const;
};

/// Reads a routes.yaml (product.md §4). Pure, never fails: what is wrong is a finding with line and remedy, and a policy with errors must not be put in
/// force. \a catalogue: models that the rules may name. \a file: for messages.
RoutePolicy readRoutePolicy(const QByteArray &text, const ModelCatalogue &catalogue, const QString &file);

} // namespace Galley
