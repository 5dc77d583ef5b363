#include "core/engines/local/addedmodels.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace Galley {

namespace {

constexpr qint64 pieceBytes = 4 * 1024 * 1024;
constexpr qint64 mostLicenceBytes = 256 * 1024;
constexpr qsizetype longestLicenceName = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::AddedModels", text);
}

QByteArray readHead(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.read(mostLicenceBytes) : QByteArray();
}

/// What `license:` says between the two lines of dashes that README.md begins with.
QString licenceOfReadme(const QString &folder)
{
    const QString text = QString::fromUtf8(readHead(folder + QStringLiteral("/README.md")));
    static const QRegularExpression head(QStringLiteral("\\A\\s*---\\r?\\n(.*?)\\n---"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression line(QStringLiteral("^license(_name)?:[ \\t]*[\"']?([^\"'\\r\\n#]+)"), QRegularExpression::MultilineOption);
    QString name;
    auto found = line.globalMatch(head.match(text).captured(1));
    while (found.hasNext()) {
        const auto match = found.next();
        // "license: other" is explained by "license_name".
        if (name.isEmpty() || name == QLatin1String("other"))
            name = match.captured(2).trimmed();
    }
    return name.left(longestLicenceName);
}

QString licenceOfFile(const QString &folder)
{
    const QStringList names = QDir(folder).entryList({QStringLiteral("LICENSE*"), QStringLiteral("LICENCE*"), QStringLiteral("license*")},
                                                     QDir::Files, QDir::Name);
    return names.isEmpty() ? QString() : QString::fromUtf8(readHead(folder + u'/' + names.first())).trimmed();
}

/// Adds the bytes of \a name to \a hash.
Result<void> hashFile(const QString &name, qint64 expected, QCryptographicHash &hash, const std::function<void(qint64)> &read, const std::stop_token &stop)
{
    QFile file(name);
    const QString shown = QDir::toNativeSeparators(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2. Check its permissions.").arg(shown, file.errorString()));
    QByteArray piece;
    qint64 all = 0;
    while (!(piece = file.read(pieceBytes)).isEmpty()) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, tr("Reading the files was cancelled."));
        hash.addData(piece);
        all += piece.size();
        read(piece.size());
    }
    if (all != expected || file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Io, tr("%1 changed while it was read, or the disk failed. Try again when nothing writes it.").arg(shown));
    return {};
}

} // namespace

Result<QList<WeightsFile>> digestWeights(const QString &path, const std::function<void(qint64, qint64)> &progress, std::stop_token stop)
{
    auto files = findWeights(path);
    if (!files)
        return files;
    qint64 all = 0;
    for (const WeightsFile &file : std::as_const(*files))
        all += file.bytes;
    qint64 done = 0;
    const bool isFolder = QFileInfo(path).isDir();
    for (WeightsFile &file : *files) {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        const auto read = [&](qint64 bytes) {
            done += bytes;
            if (progress)
                progress(done, all);
        };
        if (const auto hashed = hashFile(isFolder ? path + u'/' + file.name : path, file.bytes, hash, read, stop); !hashed)
            return fail(hashed.error());
        file.sha256 = QString::fromLatin1(hash.result().toHex());
    }
    return files;
}

QString licenceText(const QString &path)
{
    // A single file may lie among a hundred others: their licence is not its own.
    if (!QFileInfo(path).isDir())
        return {};
    const QString text = licenceOfFile(path);
    return text.isEmpty() ? licenceOfReadme(path) : text;
}

QString licenceName(const QString &path)
{
    if (!QFileInfo(path).isDir())
        return {};
    const QString name = licenceOfReadme(path);
    if (!name.isEmpty())
        return name;
    return licenceOfFile(path).section(u'\n', 0, 0).simplified().left(longestLicenceName);
}

} // namespace Galley
