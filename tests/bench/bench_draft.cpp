#include "tests/bench/bench.h"

#include "core/base/paths.h"
#include "core/engines/local/localengine.h"
#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QEventLoop>
#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QTemporaryDir>

using namespace Galley;

namespace {

constexpr int edits = 60;
constexpr int starts = 5;

/// Captions that the shipped weights were trained on, one for each edit.
QStringList captions()
{
    QStringList result;
    QFile list(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/draft-eval/atlas.tsv"));
    if (list.open(QIODevice::ReadOnly | QIODevice::Text)) {
        list.readLine();
        while (!list.atEnd())
            result.append(QString::fromUtf8(list.readLine()).trimmed().split(QLatin1Char('\t')).value(2));
    }
    return result;
}

/// "VmRSS" or "VmHWM" of \a process in megabytes.
double megabytes(qint64 process, const char *key)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

/// From the edit of a subject's words to its new layer, worker warm: DraftService and the real worker.
bool measureEdits(BenchReport &report, const QString &name, DraftService &service, Template value)
{
    DraftOptions options;
    options.source = SubjectSource::Generated;
    const QStringList words = captions();
    BenchSeries series;
    QEventLoop loop;
    QObject::connect(&service, &DraftService::stateChanged, &loop, [&](DraftService::State state) {
        if (state != DraftService::State::Rendering)
            loop.quit();
    });
    for (int i = -3; i < edits; ++i) {
        value.findSlot(QStringLiteral("subject"))->defaultValue = words.value(i + 3);
        QElapsedTimer timer;
        timer.start();
        service.setInput(value, {}, QString(), options);
        if (service.state() == DraftService::State::Rendering)
            loop.exec();
        if (service.state() != DraftService::State::Current) {
            qWarning("%s", qPrintable(service.problem()));
            return false;
        }
        if (i >= 0)
            series.add(double(timer.nsecsElapsed()) / 1e6);
    }
    report.add(name, series);
    return true;
}

/// `galley render` from the start of the process to its end, weights read anew each time.
bool measureCommand(BenchReport &report, const QString &templateFile)
{
    const QTemporaryDir folder;
    BenchSeries series;
    for (int i = -1; i < starts; ++i) {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), {QStringLiteral("render"), templateFile, QStringLiteral("--source"), QStringLiteral("generated"),
                                                                 QStringLiteral("-o"), folder.filePath(QStringLiteral("x.png"))});
        if (!process.waitForFinished(120000) || process.exitCode() != 0) {
            qWarning("%s", process.readAllStandardError().constData());
            return false;
        }
        if (i >= 0)
            series.add(double(timer.nsecsElapsed()) / 1e6);
    }
    report.add(QStringLiteral("galley render, process start to picture"), series);
    return true;
}

} // namespace

/// Needs galley and galley-worker beside each other, and the shipped weights.
int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    const QString resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    const QString templateFile = resources + QStringLiteral("/templates/market-poster.galley");
    const auto loaded = loadTemplate(templateFile);
    if (!loaded) {
        qWarning("%s", qPrintable(loaded.error().message));
        return 1;
    }
    BenchReport report(QStringLiteral("draft"));
    const QString edit = QStringLiteral("subject edit to new layer, worker warm");
    LocalEngineOptions options;
    options.workerBinary = qEnvironmentVariable("GALLEY_WORKER", QStringLiteral(GALLEY_BIN_DIR "/galley-worker"));
    options.modelsFolder = resources + QStringLiteral("/models");
    {
        LocalEngine engine(options);
        DraftService service(&engine, nullptr);
        if (!measureEdits(report, edit, service, loaded->value))
            return 1;
        report.addValue(QStringLiteral("worker resident memory, MB"), megabytes(engine.processId(), "VmRSS"));
        report.addValue(QStringLiteral("worker peak memory, MB"), megabytes(engine.processId(), "VmHWM"));
    }
    {
        // What a processor without bf16 takes.
        const QTemporaryDir folder;
        QFile script(folder.filePath(QStringLiteral("worker")));
        if (!script.open(QIODevice::WriteOnly) || script.write("#!/bin/sh\nexec '" + QFile::encodeName(options.workerBinary) + "' --dtype fp32 \"$@\"\n") < 0
            || !script.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner))
            return 1;
        script.close();
        options.workerBinary = script.fileName();
        LocalEngine engine(options);
        DraftService service(&engine, nullptr);
        if (!measureEdits(report, edit + QStringLiteral(", fp32"), service, loaded->value))
            return 1;
    }
    if (!measureCommand(report, templateFile))
        return 1;
    return report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
