#pragma once

#include "app/galley/commands/output.h"
#include "app/galley/commands/renderplan.h"
#include "app/galley/commands/renderreport.h"
#include "core/service/draftservice.h"
#include "core/service/pictureexport.h"

#include <QElapsedTimer>
#include <QObject>

namespace Galley {

/// Carries a RenderPlan out, one row after the other: draft, compose, write. What is finished stays, whatever happens to the rest. Lives on
/// the main thread; owns nothing that it is given.
class RenderJob : public QObject
{
    Q_OBJECT

public:
    RenderJob(const RenderPlan &plan, RenderEngine *engine, DraftService *service, const Output &output, std::stop_token stop,
              QObject *parent = nullptr);

    void start();
    int status() const { return m_report.status(); }
    Json report() const { return m_report.json(); }

Q_SIGNALS:
    void finished();

private:
    void onCapabilities(const Result<EngineCapabilities> &capabilities);
    void next();
    void onDraft(const Result<Draft> &draft);
    Result<Json> write(const Draft &draft);
    Result<QImage> picture(const Draft &draft, ScenePainter &painter) const;
    Result<ExportSource> exportSource(const Draft &draft, const QImage &image) const;
    Result<void> writeLayers(const Draft &draft, ScenePainter &painter) const;
    Json describe(const Draft &draft, const QImage &image, const Json &timings) const;
    void tell(const Draft &draft, const Json &entry) const;
    void cancel();

    const RenderTarget &target() const { return m_plan.targets.at(m_index); }

    RenderPlan m_plan;
    RenderEngine *m_engine;
    DraftService *m_service;
    const Output &m_output;
    std::stop_token m_stop;
    ScenePainter m_painter;
    QElapsedTimer m_clock;
    qsizetype m_index = -1;
    RenderReport m_report;
};

} // namespace Galley
