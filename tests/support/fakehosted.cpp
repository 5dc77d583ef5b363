#include "tests/support/fakehosted.h"

#include <QMutexLocker>
#include <QRegularExpression>

#include <cmath>

namespace Galley {

void FakeHosted::answerOrder(const ToldAnswer &answer)
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->order = answer;
}

void FakeHosted::answerPoll(const ToldAnswer &answer)
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->poll = answer;
}

void FakeHosted::answerPicture(const ToldAnswer &answer)
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->picture = answer;
}

void FakeHosted::holdAt(FakeHold hold)
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->hold = hold;
}

void FakeHosted::dropAt(FakeHold where, int times)
{
    const QMutexLocker lock(&m_state->mutex);
    m_state->drop = where;
    m_state->drops = times;
}

int FakeHosted::orders() const
{
    const QMutexLocker lock(&m_state->mutex);
    return m_state->orders;
}

int FakeHosted::polls() const
{
    const QMutexLocker lock(&m_state->mutex);
    return m_state->polls;
}

int FakeHosted::pictures() const
{
    const QMutexLocker lock(&m_state->mutex);
    return m_state->pictures;
}

int FakeHosted::keysLeaked() const
{
    const QMutexLocker lock(&m_state->mutex);
    return m_state->keysLeaked;
}

bool FakeHosted::told(const std::shared_ptr<State> &state, Stage stage, const ReceivedRequest &request, const ScriptedConnection &connection)
{
    const QMutexLocker lock(&state->mutex);
    std::optional<ToldAnswer> told;
    FakeHold here = FakeHold::Order;
    switch (stage) {
    case Stage::Order:
        ++state->orders;
        told.swap(state->order);
        break;
    case Stage::Poll:
        ++state->polls;
        told = state->poll;
        here = FakeHold::Poll;
        break;
    case Stage::Picture:
        ++state->pictures;
        told = state->picture;
        here = FakeHold::Picture;
        for (const auto &[name, value] : request.headers)
            state->keysLeaked += value.contains(rightKey) ? 1 : 0;
        break;
    }
    if (state->hold == here)
        return true;
    if (state->drop == here && state->drops > 0) {
        --state->drops;
        connection.reset();
        return true;
    }
    if (told)
        answer(connection, *told);
    return told.has_value();
}

void FakeHosted::answer(const ScriptedConnection &connection, const ToldAnswer &answer)
{
    connection.respond(answer.status, QList<std::pair<QByteArray, QByteArray>>{{"Content-Type", answer.type}} + answer.headers, answer.body);
}

void FakeHosted::answerJson(const ScriptedConnection &connection, int status, const Json &json,
                            const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    connection.respondJson(status, dumpJson(json), headers);
}

QList<ReceivedPart> partsOf(const ReceivedRequest &request)
{
    QList<ReceivedPart> parts;
    const QByteArray type = request.header("Content-Type");
    const qsizetype at = type.indexOf("boundary=");
    if (!type.startsWith("multipart/form-data") || at < 0)
        return parts;
    const QByteArray boundary = "--" + type.mid(at + 9).split(';').value(0).trimmed().replace('"', "");
    static const QRegularExpression name(QStringLiteral("; name=\"([^\"]*)\""));
    static const QRegularExpression file(QStringLiteral("; filename=\"([^\"]*)\""));
    static const QRegularExpression media(QStringLiteral("\r\nContent-Type: ([^\r]*)"), QRegularExpression::CaseInsensitiveOption);
    for (qsizetype from = request.body.indexOf(boundary); from >= 0;) {
        const qsizetype next = request.body.indexOf(QByteArray("\r\n" + boundary), from + boundary.size());
        const qsizetype head = request.body.indexOf("\r\n\r\n", from);
        if (next < 0 || head < 0 || head > next)
            break;
        const QString headers = QString::fromUtf8(request.body.mid(from, head - from));
        parts.append({name.match(headers).captured(1).toUtf8(), file.match(headers).captured(1).toUtf8(), media.match(headers).captured(1).toUtf8(),
                      request.body.mid(head + 4, next - head - 4)});
        from = next + 2;
    }
    return parts;
}

Json jsonOf(const ReceivedRequest &request)
{
    if (!request.header("Content-Type").startsWith("application/json"))
        return {};
    const auto json = parseJson(request.body, QStringLiteral("body"), JsonLimits{.bytes = 64 << 20, .depth = 64});
    return json ? *json : Json();
}

QSize sizeOf(const QString &text)
{
    static const QRegularExpression expression(QStringLiteral("^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$"));
    const auto match = expression.match(text);
    return match.hasMatch() ? QSize(match.captured(1).toInt(), match.captured(2).toInt()) : QSize();
}

QSize sizeInRatio(const QString &ratio)
{
    const QSize unit = sizeOf(QString(ratio).replace(QLatin1Char(':'), QLatin1Char('x')));
    if (unit.isEmpty())
        return {};
    const double scale = std::sqrt(1024.0 * 1024 / (double(unit.width()) * unit.height()));
    const auto sixteens = [scale](int side) { return int(std::lround(side * scale / 16)) * 16; };
    return {sixteens(unit.width()), sixteens(unit.height())};
}

QString strangeMember(const Json &object, const QStringList &known)
{
    for (const auto &[name, value] : object.items()) {
        if (!known.contains(QString::fromStdString(name)))
            return QString::fromStdString(name);
    }
    return {};
}

} // namespace Galley
