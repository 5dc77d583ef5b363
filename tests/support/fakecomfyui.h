#pragma once

#include "tests/support/scriptedserver.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <memory>

namespace Galley {

/// ComfyUI on a scripted server: queue, history, files and the WebSocket with its events, and what can go wrong with each. It runs one prompt at a
/// time and draws every picture as a plain colour that follows from the seed, at the size of the graph's EmptyLatentImage. A handle; thread-safe.
class FakeComfyUI
{
public:
    /// What happens to a prompt that was taken in.
    enum class Course {
        Finish,       ///< steps, previews, files
        Hold,         ///< runs until it is interrupted
        Wait,         ///< stays in the queue until it is deleted
        Fail,         ///< execution_error
        OutOfMemory,  ///< the same with CUDA's exception
        Interrupt,    ///< somebody else interrupts it
        Vanish        ///< the server forgets it after the first step, as after a restart
    };

    struct Behaviour
    {
        Course course = Course::Finish;
        int steps = 4;
        int stepMs = 5;
        int previewEvent = 4;        ///< 1, 4, or 0 for none
        bool hasSocket = true;       ///< /ws answers 404 otherwise
        bool closesSocket = false;   ///< after the first step; a new one is accepted when hasSocketAgain
        bool resetsSocket = false;   ///< the same with RST
        bool hasSocketAgain = true;
        bool silentEnd = false;      ///< neither execution_success nor node null is sent
        bool brokenFrames = false;   ///< truncated, lying and unknown frames and messages among the good ones
        bool otherEvents = false;    ///< events of another client's prompt among ours
        bool ownIds = false;         ///< an old server: chooses the prompt's id itself
        bool forgetsHistory = false; ///< nothing in /history when it is done
        bool oddNumbers = false;     ///< NaN and Infinity in /history and /queue, as Python writes them
        bool sendsPictures = false;  ///< the pictures come over the WebSocket (SaveImageWebsocket) and there are no files
        bool noPicture = false;
        bool onlyTemporary = false;  ///< the file is a PreviewImage's
        int holdPromptMs = 0;        ///< before POST /prompt answers; 0: at once
        QByteArray nodeErrors = {};     ///< not empty: 400 with these
        QByteArray partErrors = {};     ///< node_errors of a 200
        int pictures = 1;
    };

    explicit FakeComfyUI(ScriptedServer &server, const QByteArray &prefix = {});
    ~FakeComfyUI();

    void setBehaviour(const Behaviour &behaviour);

    QStringList interrupted() const;   ///< prompt ids of POST /interrupt; "" for one without
    QStringList deleted() const;       ///< prompt ids of POST /queue
    QStringList accepted() const;      ///< prompt ids taken in
    QByteArray graph() const;          ///< of the last prompt, as JSON
    int sockets() const;               ///< WebSockets ever opened
    bool hasFeatureFlags() const;      ///< the client said supports_preview_metadata

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Galley
