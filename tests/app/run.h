#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QStringList>

namespace Galley {

/// One finished run of the galley binary.
struct Run
{
    int status = -1;  ///< -1: it did not end by itself
    QByteArray out;
    QByteArray err;

    Json json() const;  ///< of out; null when it is not one JSON object
};

/// The environment of the tests without any display.
QProcessEnvironment plainEnvironment(const QString &home);

Run runGalley(const QStringList &arguments, const QProcessEnvironment &environment, const QString &folder = {});

/// Json itself gives QCOMPARE nothing to print.
QByteArray text(const Json &json);
/// The arguments of a command line without quotes.
QStringList words(const char *line);

} // namespace Galley
