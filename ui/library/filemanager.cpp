#include "ui/library/filemanager.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>

namespace Galley {

namespace {

constexpr int patienceMs = 3000;

void openFolder(const QString &file, const std::function<void(const QString &)> &failed)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        failed(QCoreApplication::translate("Galley::Library", "No file manager answers. The picture lies at %1.").arg(QDir::toNativeSeparators(file)));
}

} // namespace

void showInFileManager(const QStringList &files, QObject *guard, std::function<void(const QString &)> failed)
{
    if (files.isEmpty())
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        openFolder(files.first(), failed);
        return;
    }
    QStringList addresses;
    for (const QString &file : files)
        addresses << QUrl::fromLocalFile(file).toString(QUrl::FullyEncoded);
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
                                                       QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    call.setArguments({addresses, QString()});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, patienceMs), guard);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, guard, [file = files.first(), failed = std::move(failed)](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        if (QDBusPendingReply<>(*done).isError())
            openFolder(file, failed);
    });
}

} // namespace Galley
