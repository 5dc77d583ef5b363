#pragma once

#include "core/base/result.h"
#include "core/render/modelentry.h"
#include "core/template/finding.h"

#include <QDate>
#include <QList>
#include <QMap>
#include <QString>

namespace Galley {

/// What models.yaml says: models, aliases and backends; the shipped file overlaid by the user's, key by key. A plain value.
struct ModelCatalogue
{
    QList<ModelEntry> models;        ///< in the order of the files
    QMap<QString, QString> aliases;  ///< name → id
    QList<BackendEntry> backends;
    QList<Finding> findings;         ///< what was wrong and left out; everything else is in force

    /// The entry that \a idOrAlias names; null when there is none.
    const ModelEntry *findModel(const QString &idOrAlias) const;
    const BackendEntry *findBackend(const QString &id) const;
    /// A sentence when \a model can no longer be asked for (past its shutdown date, with the replacement named); empty otherwise.
    QString retiredSentence(const ModelEntry &model, const QDate &today) const;
    /// A sentence when its shutdown is announced and lies ahead; empty otherwise.
    QString shutdownNotice(const ModelEntry &model, const QDate &today) const;

    bool operator==(const ModelCatalogue &) const = default;
};

/// Reads the shipped text and the user's (empty: none). Pure. Never fails: whatever is wrong in the user's file is a finding with its line,
/// and the entry keeps its shipped form (or is left out); a broken shipped file is a bug and an Error finding too.
ModelCatalogue readModelCatalogue(const QByteArray &shipped, const QByteArray &user, const QString &userFile);

/// What `galley check models.yaml` says.
QList<Finding> checkModelFile(const QByteArray &shipped, const QByteArray &text, const QString &file);

} // namespace Galley
