#pragma once

#include "core/base/statistics.h"
#include "core/service/benchresult.h"

#include <algorithm>

namespace Galley {

/// A run of \a times that went well, one after the other.
inline BenchResult benchResultOf(const QList<double> &times)
{
    BenchResult report;
    report.target = {{"kind", "url"}, {"url", "http://127.0.0.1/"}};
    report.inputsDigest = QStringLiteral("abc");
    report.plan.requests = std::max(1, int(times.size()));
    for (qsizetype i = 0; i < times.size(); ++i) {
        BenchSample sample;
        sample.index = int(i);
        sample.startMs = report.run.wallMs;
        sample.ms = times[i];
        report.run.wallMs += times[i];
        report.run.samples.append(sample);
    }
    return report;
}

/// \a n times around \a mean with a coefficient of variation of \a cv.
inline QList<double> noisyTimes(Dice &dice, int n, double mean, double cv)
{
    QList<double> times;
    for (int i = 0; i < n; ++i)
        times.append(mean * std::max(0.01, 1 + cv * dice.normal()));
    return times;
}

} // namespace Galley
