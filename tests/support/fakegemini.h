#pragma once

#include "tests/support/fakehosted.h"

namespace Galley {

/// Google's generateContent as image-apis.md §4 describes it.
class FakeGemini : public FakeHosted
{
public:
    explicit FakeGemini(ScriptedServer &server);

    void speakSnakeCase();                   ///< as some proxies do
    void think();                            ///< a draft as a thought, words and an older picture come before the answer
    void finishWith(const QByteArray &reason);  ///< no picture, this finishReason
    void block(const QByteArray &reason);    ///< no candidates, this promptFeedback.blockReason
    void serve(const QByteArray &model);     ///< modelVersion, when it is not what was asked for

private:
    struct Shelf
    {
        bool snake = false;
        bool thinks = false;
        QByteArray finish;
        QByteArray blocked;
        QByteArray served;
    };

    void order(const ReceivedRequest &request, const ScriptedConnection &connection);

    mutable QMutex m_mutex;
    Shelf m_shelf;
};

} // namespace Galley
