#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QStringList>

namespace Galley {

/// The key that tests use wherever a key is needed: whatever file holds it afterwards is a leak.
inline QByteArray canaryKey()
{
    return "sk-canary-7Qm2ZxV9tR4w";
}

/// The files below \a folder that hold \a bytes as they are, in base64 or percent-encoded.
inline QStringList filesThatHold(const QByteArray &bytes, const QString &folder)
{
    // Base64 at each of the three offsets; the characters at both ends depend on the neighbours.
    QList<QByteArray> forms{bytes, bytes.toPercentEncoding()};
    for (int shift = 0; shift < 3; ++shift) {
        const QByteArray encoded = QByteArray(QByteArray(shift, 'x') + bytes).toBase64(QByteArray::OmitTrailingEquals);
        forms.append(encoded.mid(shift == 0 ? 0 : 4).chopped(2));
    }
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const QByteArray content = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        for (const QByteArray &form : forms) {
            if (content.contains(form)) {
                found.append(file.fileName());
                break;
            }
        }
    }
    return found;
}

} // namespace Galley
