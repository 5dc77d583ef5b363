#include "tests/app/servicesprocess.h"

#include <QTcpSocket>
#include <QUrl>

namespace Galley {

namespace {

constexpr int timeoutMs = 60'000;

} // namespace

ServicesProcess::ServicesProcess(const QString &home, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(GALLEY_FAKE_SERVICES), QStringList{QStringLiteral("--home"), home} + arguments);
    QByteArray line;
    while (!line.contains('\n') && m_process.waitForReadyRead(timeoutMs))
        line += m_process.readAllStandardOutput();
    if (const auto json = parseJson(line, QStringLiteral("fakeservices")))
        m_ready = *json;
}

ServicesProcess::~ServicesProcess()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(timeoutMs))
        m_process.kill();
    m_process.waitForFinished();
}

bool ServicesProcess::has(const QString &backend) const
{
    return isReady() && m_ready["services"].contains(backend.toStdString());
}

QProcessEnvironment ServicesProcess::withKeys(QProcessEnvironment environment) const
{
    if (isReady()) {
        for (const auto &[name, value] : m_ready["environment"].items())
            environment.insert(QString::fromStdString(name), toQString(value));
    }
    return environment;
}

QList<QByteArray> ServicesProcess::keys() const
{
    QList<QByteArray> keys;
    for (const auto &[name, value] : m_ready["environment"].items())
        keys.append(toQString(value).toUtf8());
    return keys;
}

int ServicesProcess::orders(const QString &backend) const
{
    const Json all = counts();
    return all.is_object() && all.contains(backend.toStdString()) ? all[backend.toStdString()]["orders"].get<int>() : -1;
}

int ServicesProcess::allOrders() const
{
    int sum = 0;
    const Json all = counts();
    if (!all.is_object())
        return -1;
    for (const auto &[name, service] : all.items())
        sum += service["orders"].get<int>();
    return sum;
}

/// By hand: the process has no client of its own to count.
Json ServicesProcess::counts() const
{
    const QUrl url(toQString(m_ready["counts"]));
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    if (!socket.waitForConnected(timeoutMs))
        return nullptr;
    socket.write("GET " + url.path().toLatin1() + " HTTP/1.1\r\nHost: " + url.host().toLatin1() + "\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    const auto isWhole = [&answer] {
        const qsizetype body = answer.indexOf("\r\n\r\n");
        return body >= 0 && answer.endsWith('}') && answer.size() > body + 4;
    };
    while (!isWhole() && socket.waitForReadyRead(timeoutMs))
        answer += socket.readAll();
    const auto json = parseJson(answer.mid(answer.indexOf("\r\n\r\n") + 4), QStringLiteral("counts"));
    return json ? *json : Json(nullptr);
}

} // namespace Galley
