#include "testpaths.h"
#include "tests/bench/bench.h"
#include "tests/core/service/routingrig.h"

#include <QCoreApplication>
#include <QEventLoop>

using namespace Galley;

namespace {

constexpr int rounds = 50;
constexpr int reloads = 1000;

QByteArray textOf(int number)
{
    const char *const models[] = {"simple", "ratio", "full", "wide"};
    return QByteArray("routes:\n  - {name: r-") + models[number % 4] + ", match: \"intent:.\", model: " + models[number % 4] + "}\n# " + QByteArray::number(number) + '\n';
}

/// Runs the event loop until \a done, and tells how long that took.
template<typename Done>
double until(Done done)
{
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 60'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
    return double(timer.nsecsElapsed()) / 1e6;
}

bool isConsistent(const RoutingWindow &window)
{
    RenderRequest request;
    request.source = sampleTemplate();
    request.intent = QStringLiteral("poster");
    const auto decision = window.routing->decide(request);
    return decision && decision->rule == QLatin1String("r-") + decision->model;
}

} // namespace

/// How long it takes until a changed file acts, and until a rollback does: in the window where it is done and in another one.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    RoutingWindow here(folder.path());
    RoutingWindow there(folder.path());
    here.write(textOf(0));
    here.open();
    there.open();
    BenchReport report(QStringLiteral("rollback"));

    BenchSeries act;
    int misrouted = 0;
    for (int i = 1; i <= reloads; ++i) {
        here.write(textOf(i));
        act.add(until([&] {
            misrouted += !isConsistent(here);
            return here.routing->rules()->textInForce() == textOf(i);
        }));
    }
    report.add(QStringLiteral("file written -> acts, under load"), act);
    report.addValue(QStringLiteral("reloads"), reloads);
    report.addValue(QStringLiteral("decisions misrouted or lost"), misrouted);
    until([&] { return here.routing->revision() > reloads && there.routing->revision() == here.routing->revision(); });
    report.addValue(QStringLiteral("revisions"), double(here.routing->revision()));

    BenchSeries same;
    BenchSeries other;
    for (int i = 0; i < rounds; ++i) {
        const QByteArray text = textOf(reloads + 1 + i);
        waitFor(here.routing->apply(text, {}, here.routing->revision()));
        until([&] { return there.routing->rules()->textInForce() == text && there.routing->revision() == here.routing->revision(); });
        QElapsedTimer timer;
        timer.start();
        const auto rolledBack = here.routing->rollBack();
        isConsistent(here);  // the next decision
        same.add(double(timer.nsecsElapsed()) / 1e6);
        other.add(until([&] { return there.routing->rules()->textInForce() != text; }));
        waitFor(rolledBack);
        until([&] { return there.routing->revision() == here.routing->revision(); });
    }
    report.add(QStringLiteral("rollback -> next decision, same process"), same);
    report.add(QStringLiteral("rollback -> next decision, another window"), other);
    return report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
