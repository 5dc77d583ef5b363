#pragma once

#include <vector>

namespace Galley {

/// The GPUs that serve one model, for the simulation and for the loopback servers alike: a request goes to the GPU with the fewest; a picture that starts
/// beside others takes longer than one alone. Whoever finds no place waits in a queue of the owner's, first come, first served.
class GpuPool
{
public:
    /// \a slots: pictures at a time on one GPU; \a contention: how much longer each one beside it makes a picture.
    GpuPool(int gpus, int slots, double contention)
        : m_running(std::size_t(gpus), 0)
        , m_slots(slots)
        , m_contention(contention)
    {}

    /// Takes a place; -1 when there is none.
    int take()
    {
        int best = -1;
        for (std::size_t i = 0; i < m_running.size(); ++i) {
            if (m_running[i] < m_slots && (best < 0 || m_running[i] < m_running[std::size_t(best)]))
                best = int(i);
        }
        if (best >= 0)
            ++m_running[std::size_t(best)];
        return best;
    }
    /// What the picture that has just been given \a gpu takes, as a multiple of its time alone.
    double slowdown(int gpu) const { return 1 + m_contention * (m_running[std::size_t(gpu)] - 1); }
    void release(int gpu) { --m_running[std::size_t(gpu)]; }

private:
    std::vector<int> m_running;
    int m_slots;
    double m_contention;
};

} // namespace Galley
