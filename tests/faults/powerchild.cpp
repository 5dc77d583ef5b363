#include "tests/core/service/queuerig.h"
#include "tests/faults/storework.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

#include <dlfcn.h>

using namespace Galley;

namespace {

constexpr int jobCount = 30;
constexpr int patienceMs = 120'000;
constexpr int librarySteps = 60;

/// Says in the log of writes that \a text can be relied on from now on.
void promise(const QString &text)
{
    using Promise = void (*)(const char *);
    static const auto say = reinterpret_cast<Promise>(::dlsym(RTLD_DEFAULT, "galleyPromise"));
    if (say)
        say(text.toUtf8().constData());
}

/// What the service comes to: a picture mostly, sometimes a refusal, sometimes nobody knows.
std::optional<Error> outcomeOf(int job)
{
    return job % 7 == 3 ? std::optional(failureOfClass(FailureClass::Rejected)) : job % 7 == 5 ? std::optional(failureOfClass(FailureClass::Ambiguous))
                                                                                             : std::nullopt;
}

/// Pictures of a library, their judgements and its bin.
int workInALibrary()
{
    QTemporaryDir folder;
    folder.setAutoRemove(false);
    promise(QStringLiteral("folder ") + folder.path());
    StoreWork work(folder.path(), 1, promise);
    for (int i = 0; i < librarySteps; ++i)
        work.step();
    return 0;
}

} // namespace

/// Works through a queue of paid jobs and says what it promises. Two jobs in a row get the same pictures, at the same time. With "library" it works in one.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().contains(QStringLiteral("library")))
        return workInALibrary();
    QueueRig rig;
    rig.folder.setAutoRemove(false);
    promise(QStringLiteral("folder ") + rig.folder.path());
    rig.canLookUp = false;
    rig.engine.pictures = 2;
    rig.engine.answersAtOnce = false;
    rig.engine.onRender = [](const EngineRequest &request) { promise(QStringLiteral("sending ") + request.prompt); };
    int ended = 0;
    QObject::connect(rig.queue.get(), &RenderQueue::finished, rig.queue.get(), [&](qint64 id) {
        ++ended;
        promise(QStringLiteral("%1 %2").arg(jobStateName(rig.record(id).state)).arg(id));
    });
    QObject::connect(rig.queue.get(), &RenderQueue::undecided, rig.queue.get(), [&](qint64 id) {
        QMetaObject::invokeMethod(rig.queue.get(), [&rig, id] { rig.queue->decide(id, AmbiguousAnswer::GiveUp); }, Qt::QueuedConnection);
    });
    rig.start();
    for (int i = 0; i < jobCount; ++i) {
        const qint64 id = rig.add(QStringLiteral("picture %1").arg(i / 2));
        promise(QStringLiteral("queued %1").arg(id));
    }
    const QDeadlineTimer deadline(patienceMs);
    for (int answered = 0; ended < jobCount && !deadline.hasExpired();) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        // Two at a time, so that what is stored at the same moment meets.
        if (rig.engine.open() >= 2 || answered + rig.engine.open() == jobCount) {
            while (rig.engine.open() > 0)
                rig.engine.answerOne(outcomeOf(answered++));
        }
        QThread::msleep(1);
    }
    return ended == jobCount ? 0 : 1;
}
