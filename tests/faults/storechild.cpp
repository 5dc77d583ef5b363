#include "tests/faults/storework.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace Galley;

/// Works in the library of a folder until it is killed.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    StoreWork work(app.arguments().value(1), app.arguments().value(2).toUInt(), [](const QString &line) { QTextStream(stdout) << line << Qt::endl; });
    for (;;)
        work.step();
}
