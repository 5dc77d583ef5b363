#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QDateTime>
#include <QSize>
#include <QString>

#include <optional>

namespace Galley {

/// One picture of the library: a row that points to an original file by its digest. A plain value.
struct AssetRecord
{
    qint64 id = 0;        ///< 0: not stored yet
    QString digest;       ///< SHA-256 of the file, lower-case hex; set by the store
    QByteArray mediaType; ///< "image/png"
    QSize size;           ///< pixels
    qint64 bytes = 0;     ///< set by the store
    QDateTime createdAt;  ///< UTC, milliseconds
    QString templateId;
    QString templateName;
    QString project;
    int row = 0;          ///< RenderRequest's row; 0: none
    QString requestedModel;
    QString routedModel;
    QString servedModel;
    QString revision;
    QString rule;
    int cohort = 0;
    std::optional<qint64> seed;  ///< absent: the service did not say
    std::optional<double> costUsd;
    std::optional<int> rating;   ///< 1–5
    QString prompt;       ///< what the model was sent, for searching
    Json provenance = Json::object();
    qint64 job = 0;       ///< the job that made it; 0: none
    bool isShadow = false;///< made only to be compared: never shown as a result
    QString mark;         ///< "withdrawn": its model was rolled back; empty: nothing

    bool operator==(const AssetRecord &) const = default;
};

/// A picture on its way into the library, with its file as it came: bytes are never altered, they may be signed.
struct NewAsset
{
    AssetRecord record;
    QByteArray file;
};

} // namespace Galley
