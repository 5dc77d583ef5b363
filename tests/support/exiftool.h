#pragma once

#include "core/base/json.h"

#include <QProcess>
#include <QStringList>

namespace Galley {

/// What ExifTool, the tool that everybody reads metadata with, says about \a file: members are "group:tag"; null when it is not installed.
inline Json exifTool(const QString &file)
{
    QProcess process;
    process.start(QStringLiteral("exiftool"), {QStringLiteral("-j"), QStringLiteral("-G1"), QStringLiteral("-charset"), QStringLiteral("utf8"), file});
    if (!process.waitForFinished(60'000))
        return nullptr;
    const Json parsed = Json::parse(process.readAllStandardOutput().toStdString(), nullptr, false);
    return parsed.is_array() && !parsed.empty() ? parsed[0] : Json(nullptr);
}

/// The text of \a tag in any of the groups that \a group begins ("XMP" for "XMP-dc").
inline QString tagOf(const Json &tags, const QString &group, const QString &tag)
{
    for (const auto &[name, value] : tags.items()) {
        const QString key = QString::fromStdString(name);
        if (key.startsWith(group) && key.endsWith(u':' + tag))
            return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString::fromStdString(value.dump());
    }
    return {};
}

} // namespace Galley
