#pragma once

#include "core/render/renderrequest.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace Galley {

class FinalService;

/// All rows of a template as finals: adds up what they cost in slices of a few milliseconds, so that ten thousand rows stop no window, and
/// sends them into the batch lane one after the other. GUI thread; does not own the service, which outlives it.
class RowBatch : public QObject
{
    Q_OBJECT

public:
    using Make = std::function<RenderRequest(const Row &)>;

    explicit RowBatch(FinalService *finals, QObject *parent = nullptr);

    /// Starts counting anew.
    void price(const QList<Row> &rows, Make make);
    void stop();
    bool isPriced() const { return !m_timer.isActive() && m_next >= m_rows.size(); }
    int count() const { return int(m_rows.size()); }
    double totalUsd() const { return m_total; }
    int unknownPrices() const { return m_unknownPrices; }  ///< rows that are paid for, nobody knows how much
    int failures() const { return m_failures; }       ///< rows that cannot be sent …
    QString firstFailure() const { return m_failure; }  ///< … and why the first cannot

    /// Sends what was priced. The object lives on until finished().
    void submit();
    bool isSending() const { return m_sending; }

Q_SIGNALS:
    void priced();
    void sent(int done, int of);
    void finished(int sent, const QString &failure);  ///< \a failure: why the first that failed did; empty: all went

private:
    void step();
    void submitNext();

    FinalService *m_finals;
    QTimer m_timer;
    QList<Row> m_rows;
    Make m_make;
    qsizetype m_next = 0;
    double m_total = 0;
    int m_unknownPrices = 0;
    int m_failures = 0;
    QString m_failure;
    qsizetype m_sent = 0;
    int m_accepted = 0;
    bool m_sending = false;
    QString m_sendFailure;
};

} // namespace Galley
