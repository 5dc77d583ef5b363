#pragma once

#include "app/galley/commands/output.h"
#include "app/galley/commands/renderplan.h"

#include <QElapsedTimer>

#include <optional>

namespace Galley {

/// What `galley render` says at the end, whatever drew the pictures: what is finished, what failed, the exit status.
class RenderReport
{
public:
    RenderReport(const Output &output, qsizetype targets)
        : m_output(output)
        , m_targets(targets)
    {}

    void add(const Json &entry)
    {
        m_outputs.push_back(entry);
        ++m_finished;
    }
    /// One more picture of the target that was added last.
    void addMore(const Json &entry) { m_outputs.push_back(entry); }
    /// Tells \a error on standard error, with the row in front.
    void fail(const RenderTarget &target, const Error &error);
    void cancel(const QString &sentence);

    bool isCancelled() const { return m_cancelled; }
    qsizetype finished() const { return m_finished; }  ///< targets
    qsizetype failed() const { return qsizetype(m_failed.size()); }
    int status() const;
    Json json() const;

private:
    const Output &m_output;
    qsizetype m_targets;
    Json m_outputs = Json::array();
    Json m_failed = Json::array();
    std::optional<Error> m_lastError;
    qsizetype m_finished = 0;
    bool m_cancelled = false;
};

/// Milliseconds with three decimals: what is measured is not more exact.
double roundedMs(double value);
double millisecondsOf(const QElapsedTimer &clock);
/// \a value, or null when it is empty.
Json textOrNull(const QString &value);
/// Makes \a folder, with all above it, unless it is there.
Result<void> ensureFolder(const QString &folder);

} // namespace Galley
