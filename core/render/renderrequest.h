#pragma once

#include "core/render/modelentry.h"
#include "core/template/template.h"
#include "core/template/resolve.h"

#include <QDateTime>
#include <QSize>
#include <QStringList>

#include <optional>

namespace Galley {

/// What somebody wants to have rendered: template × row by value and the wishes. Knows no model unless one was asked for.
struct RenderRequest
{
    Template source;
    Row row;
    QString folder;       ///< where the template lies: image paths are relative to it
    QString intent;       ///< the template's own unless overridden
    Fidelity fidelity = Fidelity::Final;
    QString model;        ///< asked for by id or alias; empty: the rules choose
    std::optional<int> seed;    ///< 0–2147483647
    std::optional<int> steps;
    std::optional<QSize> size;  ///< of the model's picture; absent: the nearest that the model allows
    QString negativePrompt;
    std::optional<double> guidance;  ///< how closely the model keeps to the words, where it can be told
    int count = 1;
    bool mayShrink = false;  ///< on this machine: rather a smaller picture than none when memory is short
    bool anew = false;    ///< rendered and paid for, although the cache of renders may hold this very request

    // What the model begins with: at most one of the first three.
    bool sendDraft = false;     ///< the draft's composition
    QString startFile;          ///< a picture, by its path; read when the request is submitted and stored with the job
    qint64 startAsset = 0;      ///< a picture of the library, as its service made it; 0: none
    double strength = 0.6;      ///< with a start picture: 0 = unchanged, 1 = only a hint
    // What of it may change, everything when both are empty: one of them.
    QStringList redo;           ///< ids of tokens whose areas are drawn anew
    QString maskFile;           ///< a picture of the size of the start picture: what is transparent in it is drawn anew

    /// The draft that was on screen when a person sent this: SHA-256 of its picture in the library, in hex. Empty: there was none. The model is not told.
    QString approvedDraft;

    bool hasStart() const { return sendDraft || startAsset > 0 || !startFile.isEmpty(); }
    bool hasMask() const { return !redo.isEmpty() || !maskFile.isEmpty(); }

    bool operator==(const RenderRequest &) const = default;
};

/// One model that is tried when the chosen one fails with one of \a on.
struct RouteFallback
{
    QString model;
    QStringList on;      ///< failure class names
    bool ask = false;    ///< a person decides first

    bool operator==(const RouteFallback &) const = default;
};

/// The outcome of routing one request, with its reasons.
struct RouteDecision
{
    QString requested;   ///< what was asked for, alias included; empty when the rules chose
    QString model;       ///< the id that renders
    QString rule;        ///< "asked for", "default", or the name of a rule
    int cohort = 0;      ///< 0–9999, SHA-256(project) mod 10000
    QStringList reasons; ///< sentences
    QList<RouteFallback> fallbacks;
    QStringList skipped; ///< sentences: what was not taken and why
    QString policy;      ///< digest of the rules that decided; empty: built-in defaults
    qint64 revision = 0; ///< the number of that revision; 0: built-in defaults, or not numbered yet
    QStringList tried;   ///< models that the job has left behind, each for a fallback after it, in order
    bool isCanary = false;  ///< the rule's canary took this project
    QString shadow;      ///< a candidate that renders too, for comparison only; empty: none

    bool operator==(const RouteDecision &) const = default;
};

} // namespace Galley
