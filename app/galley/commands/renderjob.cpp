#include "app/galley/commands/renderjob.h"

#include "core/base/async.h"
#include "core/imaging/imagefile.h"
#include "core/service/provenance.h"
#include "core/service/subjectplanner.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Galley {

namespace {

QString kindName(SceneItem::Kind kind)
{
    switch (kind) {
    case SceneItem::Kind::Ground: return QStringLiteral("ground");
    case SceneItem::Kind::Fill: return QStringLiteral("fill");
    case SceneItem::Kind::Subject: return QStringLiteral("placed");
    case SceneItem::Kind::Picture: return QStringLiteral("picture");
    case SceneItem::Kind::Text: return QStringLiteral("text");
    }
    return {};
}

QString layerFile(const SceneItem &item)
{
    if (item.kind == SceneItem::Kind::Ground)
        return QStringLiteral("ground.png");
    return item.tokenId + QLatin1Char('.') + kindName(item.kind) + QStringLiteral(".png");
}

const SubjectInfo *firstGenerated(const Draft &draft)
{
    const auto found = std::find_if(draft.subjects.cbegin(), draft.subjects.cend(),
                                    [](const SubjectInfo &info) { return info.took == SubjectSource::Generated && !info.digest.isEmpty(); });
    return found == draft.subjects.cend() ? nullptr : &*found;
}

} // namespace

RenderJob::RenderJob(const RenderPlan &plan, RenderEngine *engine, DraftService *service, const Output &output, std::stop_token stop,
                     QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_engine(engine)
    , m_service(service)
    , m_output(output)
    , m_stop(std::move(stop))
    , m_report(output, plan.targets.size())
{}

void RenderJob::start()
{
    for (const Finding &finding : m_plan.findings)
        m_output.say(finding.message.startsWith(finding.file) ? finding.message : finding.file + QStringLiteral(": ") + finding.message);
    onFinished(m_engine->capabilities(), this,
               [this](const QFuture<Result<EngineCapabilities>> &future) { onCapabilities(future.result()); });
}

/// The number of steps is part of the request: without --steps it is the model's own, known from here on.
void RenderJob::onCapabilities(const Result<EngineCapabilities> &capabilities)
{
    if (capabilities) {
        for (const QString &note : capabilities->notes)
            m_output.say(note);
        const ModelCapabilities *model = capabilities->findModel(draftModelId());
        if (!m_plan.stepsGiven && model)
            m_plan.options.steps = model->defaultSteps;
        if (!m_plan.device.isEmpty() && m_plan.device != QLatin1String("auto") && m_plan.device != capabilities->device) {
            const Error error{ErrorCode::Unavailable,
                                tr("--device %1 was asked for, but the draft would be drawn on %2. Take --device auto.")
                                    .arg(m_plan.device, capabilities->device), {}};
            for (m_index = 0; m_index < m_plan.targets.size(); ++m_index)
                m_report.fail(target(), error);
            Q_EMIT finished();
            return;
        }
    }
    next();
}

void RenderJob::next()
{
    while (++m_index < m_plan.targets.size()) {
        if (m_stop.stop_requested()) {
            cancel();
            return;
        }
        if (target().error) {
            m_report.fail(target(), *target().error);
            continue;
        }
        m_clock.start();
        const auto future = m_service->render(m_plan.value, target().row, m_plan.folder, m_plan.options, m_stop);
        onFinished(future, this, [this](const QFuture<Result<Draft>> &done) { onDraft(done.result()); });
        return;
    }
    Q_EMIT finished();
}

void RenderJob::onDraft(const Result<Draft> &draft)
{
    if (!draft && draft.error().code == ErrorCode::Cancelled) {
        cancel();
        return;
    }
    const Result<Json> entry = draft ? write(*draft) : fail(draft.error());
    if (entry) {
        m_report.add(*entry);
        tell(*draft, *entry);
    } else {
        m_report.fail(target(), entry.error());
    }
    next();
}

void RenderJob::cancel()
{
    m_report.cancel(tr("Cancelled; %1 of %n pictures are finished and stay.", nullptr, int(m_plan.targets.size())).arg(m_report.finished()));
    Q_EMIT finished();
}

Result<QImage> RenderJob::picture(const Draft &draft, ScenePainter &painter) const
{
    if (!m_plan.raw)
        return painter.compose(draft.scene, draft.pictures, m_plan.size);
    QList<QImage> generated;
    for (const SubjectInfo &info : draft.subjects) {
        if (info.took == SubjectSource::Generated && draft.pictures.contains(info.tokenId))
            generated.append(draft.pictures.value(info.tokenId));
    }
    if (generated.size() == 1)
        return generated.first();
    return fail(ErrorCode::InvalidInput,
                tr("--raw writes the model's own picture, and this draft has %1 of them. --layers DIR writes every one.").arg(generated.size()));
}

/// What a model made by itself is an original, and says so; with grounds and texts it is composed.
Result<ExportSource> RenderJob::exportSource(const Draft &draft, const QImage &image) const
{
    ExportSource source{draftRecord(draft), {}, image};
    source.record.size = image.size();
    if (!m_plan.raw)
        return source;
    const auto png = encodePicture(image, PictureFormat::Png);
    if (!png)
        return fail(png.error());
    source.original = *png;
    source.image = {};
    return source;
}

Result<void> RenderJob::writeLayers(const Draft &draft, ScenePainter &painter) const
{
    const QDir folder(target().layersFolder);
    if (const auto made = ensureFolder(folder.path()); !made)
        return made;
    for (const SubjectInfo &info : draft.subjects) {
        if (!draft.pictures.contains(info.tokenId))
            continue;
        if (const auto saved = savePng(draft.pictures.value(info.tokenId), folder.filePath(info.tokenId + QStringLiteral(".png"))); !saved)
            return saved;
    }
    for (const SceneItem &item : draft.scene.items) {
        const QImage layer = painter.composeItem(draft.scene, item, draft.pictures, m_plan.size);
        if (const auto saved = savePng(layer, folder.filePath(layerFile(item))); !saved)
            return saved;
    }
    return {};
}

Result<Json> RenderJob::write(const Draft &draft)
{
    for (const SceneProblem &problem : draft.problems) {
        const ResolvedToken *token = draft.variant.findToken(problem.tokenId);
        if (token && problem.code == QLatin1String("overflow") && token->token.style.fit == TextFit::Error)
            return fail(ErrorCode::InvalidInput, problem.message);
    }
    Json timings{{"subjects", roundedMs(draft.milliseconds)}};
    QElapsedTimer clock;
    clock.start();
    const auto image = picture(draft, m_painter);
    if (!image)
        return fail(image.error());
    timings["compose"] = roundedMs(millisecondsOf(clock));
    clock.restart();
    if (const auto made = ensureFolder(QFileInfo(target().file).absolutePath()); !made)
        return fail(made.error());
    const auto source = exportSource(draft, *image);
    if (!source)
        return fail(source.error());
    const auto saved = exportPicture(*source, target().file, savingOf(m_plan, target().file));
    if (!saved)
        return fail(saved.error());
    if (!target().layersFolder.isEmpty()) {
        if (const auto layers = writeLayers(draft, m_painter); !layers)
            return fail(layers.error());
    }
    timings["write"] = roundedMs(millisecondsOf(clock));
    timings["total"] = roundedMs(millisecondsOf(m_clock));
    return describe(draft, *image, timings);
}

Json RenderJob::describe(const Draft &draft, const QImage &image, const Json &timings) const
{
    Json warnings = Json::array();
    for (const SceneProblem &problem : draft.problems)
        warnings.push_back(problem.message.toStdString());
    bool fromCache = false;
    for (const SubjectInfo &info : draft.subjects) {
        const bool otherThanAsked = info.took == SubjectSource::ClipArt && m_plan.options.source == SubjectSource::Auto;
        const QString sentence = info.tokenId + QStringLiteral(": ") + info.label + QStringLiteral(". ") + info.reason;
        if (otherThanAsked)
            warnings.push_back(sentence.toStdString());
        fromCache = fromCache || info.fromCache;
    }
    const SubjectInfo *made = firstGenerated(draft);
    return {{"file", target().file.toStdString()},
            {"row", target().row.number},
            {"width", image.width()},
            {"height", image.height()},
            {"pixels_sha256", pixelDigest(image).toStdString()},
            {"seed", m_plan.options.seed},
            {"steps", made ? made->steps : m_plan.options.steps},
            {"requested", "galley-draft"},
            {"routed", "galley-draft"},
            {"served", made ? textOrNull(made->model) : Json(nullptr)},
            {"revision", made ? textOrNull(made->revision) : Json(nullptr)},
            {"device", made ? textOrNull(made->device) : Json("none")},
            {"from_cache", fromCache},
            {"cost_usd", 0},
            {"timings_ms", timings},
            {"attempts", Json::array()},
            {"warnings", warnings}};
}

void RenderJob::tell(const Draft &draft, const Json &entry) const
{
    QStringList subjects;
    for (const SubjectInfo &info : draft.subjects)
        subjects.append(info.tokenId + QStringLiteral(": ") + info.label);
    QString line = QStringLiteral("[%1/%2] %3").arg(m_index + 1).arg(m_plan.targets.size()).arg(target().file);
    line += QStringLiteral(" (%1 ms").arg(qRound(entry["timings_ms"]["total"].get<double>()));
    line += subjects.isEmpty() ? QStringLiteral(")") : QStringLiteral("; ") + subjects.join(QStringLiteral("; ")) + QLatin1Char(')');
    m_output.say(line);
    for (const Json &warning : entry["warnings"])
        m_output.say(toQString(warning));
}

} // namespace Galley
