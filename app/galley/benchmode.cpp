#include "app/galley/benchmode.h"

#include "core/base/memory.h"
#include "core/service/draftservice.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/mainwindow.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace Galley {

namespace {

constexpr int frameMs = 16;
const QString words[]{QStringLiteral("a red apple"),   QStringLiteral("a yellow banana"), QStringLiteral("a blue fish"),
                      QStringLiteral("a green tree"),  QStringLiteral("an orange cat"),   QStringLiteral("a pink flower"),
                      QStringLiteral("a brown dog"),   QStringLiteral("a white house"),   QStringLiteral("a black car"),
                      QStringLiteral("a purple grape")};

double now()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(since).count();
}

double quantile(const std::vector<double> &sorted, double share)
{
    return sorted.empty() ? 0 : sorted.at(std::min(sorted.size() - 1, std::size_t(share * double(sorted.size()))));
}

} // namespace

std::unique_ptr<BenchMode> BenchMode::fromEnvironment(MainWindow *window, DraftService *draft)
{
    const bool start = qEnvironmentVariableIntValue("GALLEY_BENCH_START") == 1;
    const int seconds = qEnvironmentVariableIntValue("GALLEY_BENCH_STALL");
    if (!start && seconds <= 0)
        return nullptr;
    return std::unique_ptr<BenchMode>(new BenchMode(window, draft, start, seconds));
}

BenchMode::BenchMode(MainWindow *window, DraftService *draft, bool start, int stallSeconds)
    : m_window(window)
    , m_draft(draft)
    , m_start(start)
    , m_stallSeconds(stallSeconds)
{
    window->design()->artboard()->installEventFilter(this);
    m_frames.setTimerType(Qt::PreciseTimer);
    connect(&m_frames, &QTimer::timeout, this, &BenchMode::tick);
    connect(&m_edits, &QTimer::timeout, this, &BenchMode::nextDraft);
}

bool BenchMode::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_paintSeen) {
        m_paintSeen = true;
        // The timer fires after the whole window has been painted and handed to the display.
        QTimer::singleShot(0, this, [this] {
            m_paintSeen = false;
            painted();
        });
    }
    return QObject::eventFilter(watched, event);
}

void BenchMode::painted()
{
    if (m_firstPaint == 0)
        m_firstPaint = now();
    const bool complete = m_draft->state() == DraftService::State::Current && m_draft->capabilities();
    if (m_firstDraft == 0 && complete) {
        m_firstDraft = now();
        if (m_start)
            reportStart();
        else
            beginStall();
    }
}

void BenchMode::beginStall()
{
    m_begin = m_lastTick = now();
    m_frames.start(frameMs);
    m_edits.start(20);
}

void BenchMode::tick()
{
    const double time = now();
    m_gaps.push_back(time - m_lastTick - frameMs);
    m_lastTick = time;
    m_window->design()->artboard()->update();
    if (time - m_begin > 1000.0 * m_stallSeconds)
        reportStall();
}

void BenchMode::nextDraft()
{
    if (m_draft->state() == DraftService::State::Rendering)
        return;
    ++m_drafts;
    const QString subject = words[m_subject++ % int(std::size(words))] + QStringLiteral(" number %1").arg(m_drafts);
    m_window->document()->apply(QStringLiteral("Bench"), [&subject](Template &value) {
        for (Token &token : value.tokens) {
            if (token.role == Role::Subject) {
                token.show = subject;
                return;
            }
        }
    });
}

void BenchMode::reportStart()
{
    std::printf("{\"first_paint\": %.3f, \"first_draft\": %.3f, \"rss\": %lld, \"engine_requests\": %d}\n", m_firstPaint, m_firstDraft,
                static_cast<long long>(residentBytes(QCoreApplication::applicationPid())), m_draft->engineRequests());
    std::fflush(stdout);
    QCoreApplication::quit();
}

void BenchMode::reportStall()
{
    m_frames.stop();
    m_edits.stop();
    std::sort(m_gaps.begin(), m_gaps.end());
    std::printf("{\"frames\": %zu, \"drafts\": %d, \"engine_requests\": %d, \"p50\": %.3f, \"p95\": %.3f, \"p99\": %.3f, \"max\": %.3f, "
                "\"rss\": %lld, \"worker_rss\": %lld}\n",
                m_gaps.size(), m_drafts, m_draft->engineRequests(), quantile(m_gaps, 0.5), quantile(m_gaps, 0.95),
                quantile(m_gaps, 0.99), m_gaps.empty() ? 0 : m_gaps.back(),
                static_cast<long long>(residentBytes(QCoreApplication::applicationPid())),
                static_cast<long long>(residentBytes(m_window->workerProcess())));
    std::fflush(stdout);
    QCoreApplication::exit(0);
}

} // namespace Galley
