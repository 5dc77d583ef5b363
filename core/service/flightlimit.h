#pragma once

namespace Galley {

/// How many requests one service takes at a time. Where the number is known it is the ceiling and the start; otherwise it is found out: it doubles with
/// each round of successes until the service first says that it is busy, falls at once to what the service was carrying then (never below half), and
/// grows again by one for each round of successes. A plain value without a clock.
class FlightLimit
{
public:
    static constexpr int firstGuess = 4;
    static constexpr int most = 64;  ///< for services that never say that they are busy

    /// \a known: max_in_flight; 0: to be found out.
    explicit FlightLimit(int known = 0);

    int current() const { return int(m_limit); }
    void succeeded();
    /// \a others: requests of this service that are in flight besides the one that it turned away.
    void wasBusy(int others);

private:
    double m_ceiling;
    double m_limit;
    bool m_hasBeenBusy = false;
};

} // namespace Galley
