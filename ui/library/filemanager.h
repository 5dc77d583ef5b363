#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>

class QObject;

namespace Galley {

/// Shows \a files in the desktop's file manager (org.freedesktop.FileManager1 on the session bus), chosen where it can; where there is none, opens the folder
/// of the first. \a failed gets a sentence when neither works. Returns at once; nothing is called after \a guard has died.
void showInFileManager(const QStringList &files, QObject *guard, std::function<void(const QString &)> failed);

} // namespace Galley
