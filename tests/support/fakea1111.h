#pragma once

#include "tests/support/scriptedserver.h"

#include <QByteArray>
#include <QStringList>

#include <memory>

namespace Galley {

/// AUTOMATIC1111's web UI on a scripted server: one request after the other, the later ones hang; progress on a second connection; Basic
/// authentication; and as Forge and sd-server differ from it. Pictures are plain, in a colour that follows from the seed. A handle; thread-safe.
class FakeA1111
{
public:
    enum class Info { Text, Object, Empty, Broken, Absent };

    struct Behaviour
    {
        int steps = 4;
        int stepMs = 5;
        bool holds = false;           ///< runs until it is interrupted
        bool hasApi = true;           ///< /sdapi answers {"detail":"Not Found"} otherwise: started without --api
        bool hasTaskProgress = true;  ///< /internal/progress
        bool hasProgress = true;      ///< /sdapi/v1/progress
        bool answersProgress = true;  ///< false: progress questions hang
        QByteArray user;              ///< "user:password" of --api-auth; empty: none
        Info info = Info::Text;
        bool grid = false;            ///< a grid before the pictures, told by index_of_first_image
        bool dataUrls = false;        ///< pictures as data: URLs
        bool somebodyStops = false;   ///< interrupted after the first step; what is there comes back with 200
        int fewer = 0;                ///< pictures less than asked for
        QByteArray picture;           ///< sent instead of a right one, as it is
        int failStatus = 0;           ///< instead of an answer …
        QByteArray failBody;          ///< … with this body
    };

    explicit FakeA1111(ScriptedServer &server, const QByteArray &prefix = {});
    ~FakeA1111();

    void setBehaviour(const Behaviour &behaviour);
    /// A task of somebody else's runs for \a ms before ours gets its turn.
    void occupy(int ms);

    int interrupts() const;   ///< POST /sdapi/v1/interrupt that hit a running task
    int uselessInterrupts() const;  ///< … that hit none of the client's
    bool isRunning() const;
    QByteArray lastBody() const;  ///< of txt2img or img2img

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Galley
