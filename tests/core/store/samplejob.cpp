#include "tests/core/store/samplejob.h"

#include "core/template/templatefile.h"

#include <QBuffer>
#include <QDirIterator>
#include <QImage>

namespace Galley {

Template sampleTemplate()
{
    const QByteArray text = R"({"galley": 1, "x-studio": {"b": 1, "a": [1.5, null]}, "name": "Spring \"market\" — Frühling", "id": "t-1", "project": "spring",
        "intent": "poster", "canvas": {"height": 1350, "width": 1080}, "style": {"summary": "A poster for {event}", "medium": "graphic design"},
        "tokens": [{"id": "hero", "role": "subject", "box": [0.1, 0.2414, 0.8, 0.5], "z": 1, "show": "{subject}"},
                   {"id": "title", "role": "headline", "box": [0.08, 0.06, 0.84, 0.14], "text": "{headline}", "font": {"family": "Inter", "weight": 700}}],
        "slots": {"headline": {"type": "text", "default": "Spring"}, "event": {"type": "text", "default": "a market"},
                  "subject": {"type": "subject", "default": "apples"}}})";
    return parseTemplate(text, QStringLiteral("sample.galley")).value().value;
}

JobRecord newJob(double usd, const QString &model)
{
    JobRecord job;
    job.request.source = sampleTemplate();
    job.request.row = {3, {{QStringLiteral("headline"), QStringLiteral("Äpfel & 🍏")}, {QStringLiteral("event"), QString()}}, QStringLiteral("/data/rows")};
    job.request.folder = QStringLiteral("/data/templates");
    job.request.intent = QStringLiteral("poster");
    job.decision.model = model;
    job.decision.rule = QStringLiteral("default");
    job.estimateUsd = usd;
    job.createdAt = QDateTime::fromMSecsSinceEpoch(1795000000123, Qt::UTC);
    return job;
}

JobRecord fullJob(const QString &model)
{
    JobRecord job = newJob(0.1 + 0.2, model);
    job.id = 42;
    job.lane = Lane::Batch;
    job.position = 1.0 / 3;
    job.state = JobState::Backoff;
    job.request.fidelity = Fidelity::Mid;
    job.request.model = QStringLiteral("ideogram-typography");
    job.request.seed = 0;
    job.request.steps = 28;
    job.request.size = QSize(832, 1024);
    job.request.negativePrompt = QStringLiteral("blur\nnoise");
    job.request.sendDraft = true;
    job.request.strength = 0.35;
    job.request.count = 4;
    job.request.anew = true;
    job.request.mayShrink = true;
    job.request.guidance = 4.5;
    job.request.startFile = QStringLiteral("/data/Äpfel.png");
    job.request.startAsset = 9007199254740993;
    job.request.redo = {QStringLiteral("title"), QStringLiteral("cta")};
    job.request.maskFile = QStringLiteral("/data/mask.png");
    job.request.approvedDraft = QString(64, u'a');
    job.decision.requested = QStringLiteral("ideogram-typography");
    job.decision.cohort = 9999;
    job.decision.reasons = {QStringLiteral("Because."), QString()};
    job.decision.fallbacks = {{QStringLiteral("sd-medium"), {QStringLiteral("busy"), QStringLiteral("offline")}, false}, {QString(), {}, true}};
    job.decision.skipped = {QStringLiteral("No key.")};
    job.decision.policy = QStringLiteral("0123abcd");
    job.decision.revision = 7;
    job.decision.isCanary = true;
    job.decision.shadow = QStringLiteral("candidate");
    job.decision.tried = {QStringLiteral("first"), QStringLiteral("second")};
    job.shadowOf = 12;
    job.remoteId = QStringLiteral("gen-1/\"x\"");
    job.requestDigest = QStringLiteral("abcd");
    job.reservation = 7;
    job.priceKnown = false;
    job.costUsd = 0.0;
    job.attempts = {{job.createdAt.addSecs(1), model, QStringLiteral("ideogram"), QStringLiteral("v4-0625"), QStringLiteral("busy"), QStringLiteral("Wait."), 429, 1,
                     12.25},
                    {job.createdAt.addSecs(9), model, QStringLiteral("ideogram"), QString(), QStringLiteral("not_sent"), QString(), 0, 0, 0.1}};
    job.tries = 1;
    job.notBefore = job.createdAt.addMSecs(1501);
    job.endedAt = job.createdAt.addDays(1);
    job.error = {ErrorCode::ServiceFailed, QStringLiteral("It is busy."), QStringLiteral("detail"), FailureClass::Busy, 429,
                 QStringLiteral("rate_limit_exceeded"), 1500, true};
    job.assets = {1, 9007199254740993};
    job.notes = {QStringLiteral("A note.")};
    return job;
}

NewAsset samplePicture(int shade)
{
    QImage image(8, 6, QImage::Format_RGB32);
    image.fill(QColor(shade % 256, shade / 256 % 256, shade / 65536));
    NewAsset asset;
    QBuffer buffer(&asset.file);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    asset.record.mediaType = "image/png";
    asset.record.size = image.size();
    asset.record.createdAt = QDateTime::fromMSecsSinceEpoch(1795000001000, Qt::UTC);
    asset.record.templateId = QStringLiteral("t-1");
    asset.record.templateName = QStringLiteral("Spring");
    asset.record.project = QStringLiteral("spring");
    asset.record.row = 3;
    asset.record.requestedModel = QStringLiteral("ideogram-typography");
    asset.record.routedModel = QStringLiteral("ideogram-4");
    asset.record.servedModel = QStringLiteral("ideogram-4-0625");
    asset.record.revision = QStringLiteral("r1");
    asset.record.rule = QStringLiteral("posters");
    asset.record.cohort = 12;
    asset.record.seed = 4294967296;
    asset.record.costUsd = 0.06;
    asset.record.prompt = QStringLiteral("A poster");
    asset.record.provenance = {{"schema", 1}, {"answer", {{"nested", Json::array({1, "two"})}}}};
    return asset;
}

QFileInfoList renderEntries(const QString &folder)
{
    QFileInfoList entries;
    QDirIterator files(folder, {QStringLiteral("*.render")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        entries.append(files.fileInfo());
    }
    return entries;
}

} // namespace Galley
