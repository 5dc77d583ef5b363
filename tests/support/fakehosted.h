#pragma once

#include "core/base/json.h"
#include "tests/support/scriptedserver.h"

#include <QMap>
#include <QMutex>
#include <QSize>

#include <memory>
#include <optional>

namespace Galley {

/// An answer that a fake is told to give, whatever it was asked.
struct ToldAnswer
{
    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray type = "application/json";
};

/// Where a fake stops answering, so that a call can be cancelled there.
enum class FakeHold { Nowhere, Order, Poll, Picture };

/// What the fakes of hosted services share: the right key, an answer told in advance, holding still. A fake speaks its format strictly: what the service
/// would not take is answered as the service does. Handlers run on the server's thread, so that everything here is locked.
class FakeHosted
{
public:
    static constexpr const char *rightKey = "sk-canary-7Qm2ZxV9tR4w";  // canaryKey()

    /// The next order (the request that costs money) is answered with this.
    void answerOrder(const ToldAnswer &answer);
    /// Every poll is answered with this.
    void answerPoll(const ToldAnswer &answer);
    /// Every picture is answered with this.
    void answerPicture(const ToldAnswer &answer);
    void holdAt(FakeHold hold);
    /// The connection of the next \a times requests there is reset instead of an answer.
    void dropAt(FakeHold where, int times);

    int orders() const;    ///< requests that may have cost money
    int polls() const;
    int pictures() const;  ///< downloads
    int keysLeaked() const;  ///< downloads that carried the key

protected:
    struct State
    {
        mutable QMutex mutex;
        std::optional<ToldAnswer> order;
        std::optional<ToldAnswer> poll;
        std::optional<ToldAnswer> picture;
        FakeHold hold = FakeHold::Nowhere;
        FakeHold drop = FakeHold::Nowhere;
        int drops = 0;
        int orders = 0;
        int polls = 0;
        int pictures = 0;
        int keysLeaked = 0;
    };
    enum class Stage { Order, Poll, Picture };

    /// Counts; true when the request was dealt with as told.
    static bool told(const std::shared_ptr<State> &state, Stage stage, const ReceivedRequest &request, const ScriptedConnection &connection);
    static void answer(const ScriptedConnection &connection, const ToldAnswer &answer);
    static void answerJson(const ScriptedConnection &connection, int status, const Json &json,
                           const QList<std::pair<QByteArray, QByteArray>> &headers = {});

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// One part of a multipart body as it came.
struct ReceivedPart
{
    QByteArray name;
    QByteArray fileName;
    QByteArray type;
    QByteArray content;
};
QList<ReceivedPart> partsOf(const ReceivedRequest &request);

/// The JSON body of \a request; null when it is none or was not sent as JSON.
Json jsonOf(const ReceivedRequest &request);
/// "1312x736"; empty when it is none.
QSize sizeOf(const QString &text);
/// About a megapixel in the ratio "16:9" or "16x9", in steps of 16.
QSize sizeInRatio(const QString &ratio);
/// The first member of \a object that is not among \a known; empty when all are.
QString strangeMember(const Json &object, const QStringList &known);

} // namespace Galley
