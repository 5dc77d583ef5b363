#include "ui/widgets/filemanager.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QUrl>

namespace Galley {

namespace {

constexpr int patienceMs = 3000;
constexpr int longestName = 120;
const auto folderKey = QStringLiteral("files/exports");

void openFolder(const QString &file, const std::function<void(const QString &)> &failed)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        failed(QCoreApplication::translate("Galley::Library", "No file manager answers. The file lies at %1.").arg(QDir::toNativeSeparators(file)));
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

QString exportFolder(const QSettings &store)
{
    return store.value(folderKey, QDir::homePath()).toString();
}

void setExportFolder(QSettings *store, const QString &folder)
{
    store->setValue(folderKey, folder);
}

QString plainFileName(const QString &name)
{
    static const QRegularExpression unwanted(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]+"));
    QString plain = QString(name).replace(unwanted, QStringLiteral("_")).simplified();
    while (plain.startsWith(u'.'))
        plain.remove(0, 1);
    return plain.left(longestName);
}

} // namespace Galley
