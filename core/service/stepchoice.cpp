#include "core/service/stepchoice.h"

#include <algorithm>
#include <array>

namespace Galley {

namespace {

constexpr std::array choices{1, 2, 4};
constexpr qsizetype needed = 5;     // layers that must agree; the first ones of a session are slower than the rest
constexpr double room = 0.75;       // of the budget, for going up
constexpr double plenty = 0.5;      // of the budget, for going up to what was too slow once

int nearestBelow(int steps)
{
    return steps >= 4 ? 4 : std::clamp(steps, 1, 2);
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

StepChoice::StepChoice(int steps)
    : m_steps(nearestBelow(steps))
    , m_most(choices.back())
{}

void StepChoice::setMost(int steps)
{
    m_most = nearestBelow(steps);
    m_steps = std::min(m_steps, m_most);
}

bool StepChoice::add(int steps, double milliseconds)
{
    if (steps != m_steps || milliseconds <= 0)
        return false;
    QList<double> &times = m_times[steps];
    times.append(milliseconds);
    if (times.size() > needed)
        times.removeFirst();
    if (times.size() < needed)
        return false;
    const double now = median(times);
    const auto *at = std::find(choices.begin(), choices.end(), m_steps);
    int next = m_steps;
    if (now > budgetMs && at != choices.begin()) {
        next = *(at - 1);
        m_tooSlow.insert(m_steps, now);
    } else if (at + 1 != choices.end() && *(at + 1) <= m_most) {
        const double then = now * *(at + 1) / m_steps;  // no step is dearer than the first, which reads the words too
        if (then <= budgetMs * (m_tooSlow.contains(*(at + 1)) ? plenty : room))
            next = *(at + 1);
    }
    if (next == m_steps)
        return false;
    m_steps = next;
    m_times.clear();
    return true;
}

void StepChoice::forget()
{
    m_times.clear();
    m_tooSlow.clear();
}

} // namespace Galley
