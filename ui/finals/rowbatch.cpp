#include "ui/finals/rowbatch.h"

#include "core/base/async.h"
#include "core/service/finalservice.h"

#include <QElapsedTimer>

namespace Galley {

namespace {

constexpr int sliceMs = 6;

} // namespace

RowBatch::RowBatch(FinalService *finals, QObject *parent)
    : QObject(parent)
    , m_finals(finals)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &RowBatch::step);
}

void RowBatch::price(const QList<Row> &rows, Make make)
{
    m_rows = rows;
    m_make = std::move(make);
    m_next = 0;
    m_total = 0;
    m_unknownPrices = 0;
    m_failures = 0;
    m_failure.clear();
    m_timer.start();
}

void RowBatch::stop()
{
    m_timer.stop();
    m_rows.clear();
    m_next = 0;
}

void RowBatch::step()
{
    QElapsedTimer clock;
    clock.start();
    while (m_next < m_rows.size() && clock.elapsed() < sliceMs) {
        const Result<Quote> quote = m_finals->quote(m_make(m_rows.at(m_next++)));
        if (quote) {
            m_total += quote->estimateUsd;
            m_unknownPrices += quote->priceKnown ? 0 : 1;
            continue;
        }
        if (++m_failures == 1)
            m_failure = quote.error().message;
    }
    if (m_next < m_rows.size())
        return;
    m_timer.stop();
    Q_EMIT priced();
}

void RowBatch::submit()
{
    if (m_sending)
        return;
    m_sending = true;
    m_sent = 0;
    m_accepted = 0;
    m_sendFailure.clear();
    submitNext();
}

void RowBatch::submitNext()
{
    if (m_sent >= m_rows.size()) {
        m_sending = false;
        Q_EMIT finished(m_accepted, m_sendFailure);
        return;
    }
    const auto future = m_finals->submit(m_make(m_rows.at(m_sent++)), Lane::Batch);
    onFinished(future, this, [this](const QFuture<Result<qint64>> &done) {
        const Result<qint64> id = done.resultCount() > 0 ? done.result() : Result<qint64>(fail(ErrorCode::Cancelled, {}));
        if (id)
            ++m_accepted;
        else if (m_sendFailure.isEmpty())
            m_sendFailure = id.error().message;
        Q_EMIT sent(int(m_sent), int(m_rows.size()));
        // A budget that is used up stays so for the rest.
        if (!id && id.error().failure == FailureClass::OverBudget)
            m_sent = m_rows.size();
        submitNext();
    });
}

} // namespace Galley
