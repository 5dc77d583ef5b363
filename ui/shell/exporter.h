#pragma once

#include "core/base/result.h"
#include "core/service/draftservice.h"
#include "core/service/pictureexport.h"

#include <QObject>
#include <QSize>
#include <QThreadPool>

#include <stop_token>

namespace Galley {

/// Saves the draft as a PNG file: asks the service for a finished draft of what is on screen, composes and encodes it on a pool
/// thread, writes it atomically. One at a time; cancel() and destruction stop it.
class Exporter : public QObject
{
    Q_OBJECT

public:
    /// \a settings say what the file tells of itself; they outlive this.
    Exporter(DraftService *draft, const Settings *settings, QObject *parent = nullptr);
    ~Exporter() override;

    bool isBusy() const { return m_busy; }
    /// Takes the input of the live draft as it is now. \a size differs from the canvas by a scale.
    void start(const QString &file, const QSize &size);
    void cancel();

Q_SIGNALS:
    void exported(const Galley::Draft &draft);  ///< before finished(): what was written
    void finished(const QString &file, const QSize &size);
    void failed(const QString &sentence);
    void cancelled();
    void busyChanged(bool busy);

private:
    void compose(const Draft &draft, const QString &file, const QSize &size);
    void end();

    DraftService *m_draft;
    const Settings *m_settings;
    QThreadPool m_pool;
    std::stop_source m_stop;
    bool m_busy = false;
};

/// Paints \a draft at \a size and writes it to \a file as PNG, atomically, with what the settings want it to say of itself. Any thread.
Result<void> writeDraftPng(const Draft &draft, const QString &file, const QSize &size, const ExportOptions &options);

} // namespace Galley
