#pragma once

#include "core/routing/canary.h"
#include "core/routing/modelhealth.h"
#include "ui/queue/modelnames.h"
#include "ui/widgets/theme.h"

#include <QString>
#include <QStringList>

namespace Galley {

// The words of the Routes workspace: the same in cards, tables, tool tips and for screen readers.

QString percentText(double share);               ///< of 0–1: "70 %", "0.5 %"
QString timeText(const QDateTime &at);           ///< "14:02" today, else with its date
QString ruleLabel(const QString &rule);          ///< Galley's own names of rules in the language of the window
QString verdictWord(CanaryVerdict verdict);
QString verdictIcon(CanaryVerdict verdict);      ///< each verdict has a shape of its own
ThemeColor verdictTone(CanaryVerdict verdict);
QString phaseWord(CanaryState::Phase phase);
QString metricWord(const QString &metric);       ///< "failures" → "Failures"
QString metricValue(const QString &metric, double value);
QString healthWord(ModelHealth::State state, bool isHeld);
QString failureWord(const QString &failureClass);  ///< "not_sent" → "not sent"
QString severityIcon(Severity severity);
ThemeColor severityTone(Severity severity);

/// "busy, offline → SD 3.5 Medium", or "refused → asks you".
QString fallbackText(const RouteFallback &fallback, const ModelNames &names);
QString burstText(const RouteBurst &burst, const ModelNames &names);
/// What \a finding says, with its line and what to do.
QString findingText(const Finding &finding);

} // namespace Galley
