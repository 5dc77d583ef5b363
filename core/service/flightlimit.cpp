#include "core/service/flightlimit.h"

#include <algorithm>

namespace Galley {

FlightLimit::FlightLimit(int known)
    : m_ceiling(known > 0 ? known : most)
    , m_limit(known > 0 ? known : firstGuess)
{}

void FlightLimit::succeeded()
{
    // One more for each success doubles the limit in a round; a share of one for each adds one in a round.
    m_limit = std::min(m_ceiling, m_limit + (m_hasBeenBusy ? 1.0 / m_limit : 1.0));
}

void FlightLimit::wasBusy(int others)
{
    m_hasBeenBusy = true;
    const double lowered = std::min(m_limit - 1, double(others));
    m_limit = std::max({1.0, m_limit / 2, lowered});
}

} // namespace Galley
