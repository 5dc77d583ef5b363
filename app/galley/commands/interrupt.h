#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <stop_token>

namespace Galley {

/// Turns Ctrl-C (SIGINT), SIGTERM and SIGHUP into a stop request on the event loop. The signal handler only writes a byte; a second signal
/// ends the process at once. One object per process, on the main thread.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

    std::stop_token token() const { return m_stop.get_token(); }
    bool isRequested() const { return m_stop.stop_requested(); }

Q_SIGNALS:
    void requested();

private:
    std::stop_source m_stop;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Galley
