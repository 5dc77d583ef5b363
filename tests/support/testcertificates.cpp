#include "tests/support/testcertificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace Galley {

bool TestCertificates::openssl(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    process.closeWriteChannel();
    const bool ok = process.waitForFinished(60'000) && process.exitCode() == 0;
    if (!ok)
        qWarning("%s", process.readAll().constData());
    return ok;
}

bool TestCertificates::begin()
{
    for (const char *authority : {"trusted", "stranger"}) {
        const QString name = QString::fromLatin1(authority);
        if (!openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"),
                      QStringLiteral("-keyout"), name + QStringLiteral(".key"), QStringLiteral("-out"), name + QStringLiteral(".pem"),
                      QStringLiteral("-subj"), QStringLiteral("/CN=Galley test authority ") + name, QStringLiteral("-days"), QStringLiteral("30")}))
            return false;
    }
    if (!openssl({QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                  QStringLiteral("server.key"), QStringLiteral("-out"), QStringLiteral("server.csr"), QStringLiteral("-subj"),
                  QStringLiteral("/CN=Galley test server")}))
        return false;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(QSslCertificate::fromData(certificate(QStringLiteral("trusted"))));
    QSslConfiguration::setDefaultConfiguration(configuration);
    return true;
}

bool TestCertificates::make(const QString &name, const QString &subjectNames, const QString &authority, int days)
{
    QFile extensions(m_folder.filePath(QStringLiteral("ext")));
    if (!extensions.open(QIODevice::WriteOnly) || extensions.write("subjectAltName=" + subjectNames.toLatin1() + '\n') < 0)
        return false;
    extensions.close();
    QStringList sign{QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), QStringLiteral("server.csr"),
                     QStringLiteral("-extfile"), QStringLiteral("ext"), QStringLiteral("-days"), QString::number(days),
                     QStringLiteral("-out"), name + QStringLiteral(".pem")};
    if (authority.isEmpty()) {
        sign += {QStringLiteral("-signkey"), QStringLiteral("server.key")};
    } else {
        sign += {QStringLiteral("-CA"), authority + QStringLiteral(".pem"), QStringLiteral("-CAkey"), authority + QStringLiteral(".key"),
                 QStringLiteral("-CAcreateserial")};
    }
    return openssl(sign);
}

QByteArray TestCertificates::read(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Galley
