#pragma once

#include <QMetaObject>
#include <QObject>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

namespace Galley {

/// How long the event loop of the thread that made it was away at most: a second thread knocks every millisecond and takes the time until it is let
/// in, as a user's click would. In wall time, and in CPU time of the watched thread: what counts where other programs keep the machine busy.
/// The loop has to run in exec(): QTest::qWait() sleeps between its turns.
class LoopTimer
{
public:
    LoopTimer()
    {
        pthread_getcpuclockid(pthread_self(), &m_clock);
        m_knocker = std::thread([this] { knock(); });
    }

    ~LoopTimer()
    {
        m_stop = true;
        m_knocker.join();
    }

    LoopTimer(const LoopTimer &) = delete;
    LoopTimer &operator=(const LoopTimer &) = delete;

    double longestMs() const { return m_wall; }
    double longestCpuMs() const { return m_cpu; }
    int knocks() const { return m_knocks; }
    void restart() { m_wall = m_cpu = 0; }

private:
    static double now(clockid_t clock)
    {
        timespec time{};
        clock_gettime(clock, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    void knock()
    {
        while (!m_stop) {
            if (!m_waiting.exchange(true)) {
                const double wall = now(CLOCK_MONOTONIC);
                const double cpu = now(m_clock);
                QMetaObject::invokeMethod(
                    &m_door,
                    [this, wall, cpu] {
                        m_wall = std::max<double>(m_wall, now(CLOCK_MONOTONIC) - wall);
                        m_cpu = std::max<double>(m_cpu, now(m_clock) - cpu);
                        ++m_knocks;
                        m_waiting = false;
                    },
                    Qt::QueuedConnection);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    QObject m_door;
    clockid_t m_clock{};
    std::atomic<double> m_wall{0};
    std::atomic<double> m_cpu{0};
    std::atomic<int> m_knocks{0};
    std::atomic<bool> m_waiting{false};
    std::atomic<bool> m_stop{false};
    std::thread m_knocker;
};

} // namespace Galley
