#pragma once

#include "core/base/json.h"

#include <QDate>
#include <QFile>

namespace Galley {

/// A number from the environment, for the full runs; \a otherwise where it is not set.
inline int numberFrom(const char *variable, int otherwise)
{
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(variable, &ok);
    return ok && value > 0 ? value : otherwise;
}

/// Adds the figures of one suite to the JSON file that GALLEY_RESULTS names, where it does. False: that file cannot be written.
inline bool writeFigures(const char *suite, Json figures)
{
    const QString name = qEnvironmentVariable("GALLEY_RESULTS");
    if (name.isEmpty())
        return true;
    QFile file(name);
    Json all = Json::object();
    if (file.open(QIODevice::ReadOnly)) {
        all = parseJson(file.readAll(), name).value_or(Json::object());
        file.close();
    }
    figures["date"] = QDate::currentDate().toString(Qt::ISODate).toStdString();
    all[suite] = std::move(figures);
    return file.open(QIODevice::WriteOnly) && file.write(dumpJson(all, 1) + '\n') > 0;
}

} // namespace Galley
