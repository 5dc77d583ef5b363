#pragma once

#include "tests/support/fakehosted.h"

namespace Galley {

/// Stability AI as image-apis.md §3 describes it: sd3, core, ultra and the balance.
class FakeStability : public FakeHosted
{
public:
    explicit FakeStability(ScriptedServer &server);

    void filter();      ///< pictures are blurred from now on
    void answerJson();  ///< as a proxy does that ignores Accept

private:
    struct Shelf
    {
        bool filtered = false;
        bool json = false;
    };

    void order(const ReceivedRequest &request, const ScriptedConnection &connection);

    mutable QMutex m_mutex;
    Shelf m_shelf;
};

} // namespace Galley
