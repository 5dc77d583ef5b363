#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QObject;
class QSettings;

namespace Galley {

/// Shows \a files in the desktop's file manager (org.freedesktop.FileManager1 on the session bus), chosen where it can; where there is none, opens the folder
/// of the first. \a failed gets a sentence when neither works. Returns at once; nothing is called after \a guard has died.
void showInFileManager(const QStringList &files, QObject *guard, std::function<void(const QString &)> failed);

/// Where files were saved last, in any workspace; the home folder before that.
QString exportFolder(const QSettings &store);
void setExportFolder(QSettings *store, const QString &folder);

/// \a name without what a file must not be called, in any file system; cut at 120 characters. No ending.
QString plainFileName(const QString &name);

} // namespace Galley
