#pragma once

#include "core/service/benchresult.h"

#include <QImage>

namespace Galley {

/// The picture of a run, for a report or a pull request: on the left how often which time came (bars) and the share of requests below each time (line),
/// with median, p95 and p99; on the right each request in the order in which it was due, failures as crosses. \a before, when given, is drawn behind
/// in grey. Light colours. Needs a QGuiApplication and, for the same look everywhere, the bundled fonts.
QImage drawBenchChart(const BenchResult &report, const BenchResult *before = nullptr, const QSize &size = {1400, 620});

} // namespace Galley
