#pragma once

#include <QHash>
#include <QList>

namespace Galley {

/// How many steps the live preview takes: as many of 1, 2 and 4 as stay within the budget for one layer, by the times that layers took on
/// this machine, and never more than the model was made for, which are slower and no better. Slow to change its mind: several layers must agree, and what was too slow once is tried again only with much room to
/// spare. A plain value; decides only for live previews, never for what a person or a command asked for.
class StepChoice
{
public:
    static constexpr double budgetMs = 100;

    explicit StepChoice(int steps = 2);

    int steps() const { return m_steps; }
    /// What the model was made for.
    void setMost(int steps);
    /// A layer took \a milliseconds in \a steps; true when steps() is another now.
    bool add(int steps, double milliseconds);
    /// Another device or other weights: what was measured says nothing any more; steps() stays.
    void forget();

private:
    int m_steps;
    int m_most;
    QHash<int, QList<double>> m_times;  ///< by steps, the last few
    QHash<int, double> m_tooSlow;       ///< by steps, the time they were left for
};

} // namespace Galley
