#pragma once

#include "core/routing/modelcatalogue.h"
#include "core/service/watchedfile.h"

#include <QObject>

namespace Galley {

/// Whether a part of models.yaml could not be read, so that entries may be missing that are written in it.
bool hasErrors(const ModelCatalogue &catalogue);

/// The whole of a small file from outside. The sentence does not name the file: a finding does.
Result<QByteArray> readSmallFile(const QString &file, qint64 limit);
/// \a error as a finding about the whole of \a file.
Finding unreadableFile(const QString &file, const Error &error);

/// What models.yaml as shipped says, laid over by the user's, which need not exist. A file that cannot be read is a finding.
ModelCatalogue readCatalogue(const QString &shippedFile, const QString &userFile);

/// The models in force: the shipped models.yaml with the user's laid over it, read again whenever the user's file changes. A bad edit keeps the last
/// good models and says what is wrong (catalogue().findings). Lives on one thread with an event loop.
class CatalogueFile : public QObject
{
    Q_OBJECT

public:
    /// \a userFile need not exist; it is found when it appears.
    CatalogueFile(const QString &shippedFile, const QString &userFile, QObject *parent = nullptr);

    const ModelCatalogue &catalogue() const { return m_catalogue; }
    void reload();
    /// The models of this machine that people have added: in the catalogue beside what the files say, which go first where ids are equal.
    void setLocal(const QList<ModelEntry> &entries);

Q_SIGNALS:
    void changed();  ///< models, backends or findings

private:
    void merge();

    QString m_shippedFile;
    WatchedFile m_user;
    ModelCatalogue m_catalogue;
    ModelCatalogue m_written;  ///< without the local ones
    QList<ModelEntry> m_local;
    bool m_hasGood = false;
};

} // namespace Galley
