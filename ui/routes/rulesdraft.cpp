#include "ui/routes/rulesdraft.h"

#include "core/base/async.h"
#include "core/service/finalservice.h"
#include "core/service/routingservice.h"

#include <QFileInfo>

namespace Galley {

namespace {

constexpr int delayMs = 200;

/// With single line feeds, as editors have it.
QString editorText(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
}

} // namespace

RulesDraft::RulesDraft(RoutingService *routing, const FinalService *finals, QObject *parent)
    : QObject(parent)
    , m_routing(routing)
    , m_finals(finals)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &RulesDraft::check);
    connect(routing, &RoutingService::policyChanged, this, &RulesDraft::onPolicyChanged);
    connect(finals, &FinalService::catalogueChanged, this, [this] { m_timer.start(); });
    takeBase();
}

void RulesDraft::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_isChecked = false;
    m_timer.start();
    Q_EMIT stateChanged();
}

void RulesDraft::putText(const QString &text)
{
    if (text == m_text)
        return;
    setText(text);
    Q_EMIT textReplaced();
}

void RulesDraft::takeTheirs()
{
    takeBase();
}

void RulesDraft::keepMine()
{
    m_basedOn = m_routing->revision();
    m_base = editorText(m_routing->text());
    m_isOvertaken = false;
    Q_EMIT stateChanged();
}

void RulesDraft::discard()
{
    takeBase();
}

void RulesDraft::apply(const QString &note)
{
    if (m_isApplying)
        return;
    m_isApplying = true;
    Q_EMIT stateChanged();
    const QString sent = m_text;
    onFinished(m_routing->apply(bytes(), note, m_basedOn), this, [this, sent](const QFuture<Result<qint64>> &future) {
        const Result<qint64> result = future.result();
        m_isApplying = false;
        if (!result) {
            // Refused because somebody was quicker: then there is something to choose, whether the signal has come or not.
            m_isOvertaken = m_isOvertaken || m_routing->revision() != m_basedOn;
            Q_EMIT stateChanged();
            Q_EMIT refused(result.error());
            return;
        }
        m_base = sent;
        m_basedOn = *result;
        m_isOvertaken = false;
        Q_EMIT stateChanged();
        Q_EMIT applied(*result);
    });
}

QByteArray RulesDraft::bytes() const
{
    return m_hasCarriageReturns ? QString(m_text).replace(u'\n', QStringLiteral("\r\n")).toUtf8() : m_text.toUtf8();
}

void RulesDraft::onPolicyChanged()
{
    if (m_isApplying)
        return;  // what comes of it says the answer
    const QString theirs = editorText(m_routing->text());
    if (!isModified() || theirs == m_text) {
        takeBase();
        return;
    }
    const bool overtaken = theirs != m_base || m_routing->revision() != m_basedOn;
    if (overtaken == m_isOvertaken)
        return;
    m_isOvertaken = overtaken;
    Q_EMIT stateChanged();
}

void RulesDraft::takeBase()
{
    const QByteArray bytes = m_routing->text();
    m_hasCarriageReturns = bytes.contains("\r\n");
    m_base = editorText(bytes);
    m_basedOn = m_routing->revision();
    m_isOvertaken = false;
    putText(m_base);
    if (!m_isChecked)
        m_timer.start(0);
    Q_EMIT stateChanged();
}

void RulesDraft::check()
{
    m_timer.setInterval(delayMs);
    if (m_isChecking) {
        m_isChecked = false;
        return;  // the one that runs starts another when it sees that its text is old
    }
    m_isChecking = true;
    const QString text = m_text;
    const QString file = QFileInfo(m_routing->file()).fileName();
    const ModelCatalogue catalogue = m_finals->catalogue();
    const auto read = [bytes = text.toUtf8(), catalogue, file] { return readRoutePolicy(bytes, catalogue, file); };
    onFinished(runOn(QThreadPool::globalInstance(), read), this, [this, text](const QFuture<RoutePolicy> &future) {
        m_isChecking = false;
        if (text != m_text) {
            if (!m_timer.isActive())
                m_timer.start();
            return;
        }
        m_policy = future.result();
        m_isChecked = true;
        Q_EMIT checked();
    });
}

} // namespace Galley
