#pragma once

#include "core/composition/cutouts.h"
#include "core/composition/scene.h"
#include "core/prompt/promptcompiler.h"
#include "core/render/renderengine.h"
#include "core/render/renderpace.h"

#include <QObject>

namespace Galley {

/// Where subjects come from (product.md §1). MyImage is never chosen by hand: a token that has an image shows it.
enum class SubjectSource { Auto, Generated, ClipArt, MyImage };

QString subjectSourceName(SubjectSource source);  ///< "auto", "generated", "clip-art", "my-image"
std::optional<SubjectSource> subjectSourceFromName(const QString &name);

/// What a person chose for drafts; all of it belongs to the request.
struct DraftOptions
{
    SubjectSource source = SubjectSource::Auto;
    int seed = 0;
    int steps = 2;
    QString model = {};  ///< the model of this machine that draws the subjects; empty: Galley's own

    bool operator==(const DraftOptions &) const = default;
};

/// How one subject of a draft came to be; shown on the token.
struct SubjectInfo
{
    QString tokenId;
    QString words;
    SubjectSource took = SubjectSource::Generated;
    QString label;         ///< "Generated", "Clip art: red apple (Noto Emoji, Apache-2.0)", "My image"
    QString reason;        ///< why Auto took it, in a sentence; empty otherwise
    double confidence = 1; ///< of the model for these words
    double milliseconds = 0;
    int steps = 0;
    QString model;
    QString revision;
    QString device;
    QString dtype;
    QString digest;        ///< of the engine request, empty for clip art
    bool fromCache = false;
    QMap<QString, double> timingsMs;  ///< of the model, by stage; empty for clip art
    qint64 memoryBytes = 0;           ///< of this machine, at the most while it was made; 0: nobody said
    QString cutoutId;      ///< clip art
    QString ownStyle = {}; ///< clip art: that of the drawing itself, "outline", "silhouette" or "colour"

    bool operator==(const SubjectInfo &) const = default;
};

/// Template × row × options, laid out and with the pictures that are there.
struct Draft
{
    Template source;
    Row row;
    QString folder;
    DraftOptions options;
    Variant variant;
    Scene scene;
    LayerPictures pictures;
    QList<SubjectInfo> subjects;
    QList<SceneProblem> problems;
    double milliseconds = 0;  ///< from the edit to the last layer
};

/// Makes drafts: resolves, builds the scene, asks the engine for what no cache has. Has no thread of its own and no GUI;
/// lives on one thread (the GUI thread, or the main thread of a command). Does not own the engine.
///
/// Live use: setInput() on every edit, then draft() is already laid out with every layer that is cached: moving, resizing,
/// recolouring and typing never wait. Only changed subjects go to the engine: one request in flight; equal requests run
/// nothing; a newer edit cancels an older request that is no longer wanted.
class DraftService : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Current,    ///< every layer belongs to the input
        Stale,      ///< the input has an error, or the engine failed: what is shown is older than the input
        Rendering   ///< at least one layer is on its way
    };
    Q_ENUM(State)

    /// \a cutouts may be null (then ClipArt is a problem sentence). \a engine may be null (no worker in this build).
    DraftService(RenderEngine *engine, std::shared_ptr<const CutoutLibrary> cutouts, QObject *parent = nullptr);
    ~DraftService() override;

    /// The pack, where it was not read yet when this was made. What could not be drawn without it is tried again.
    void setCutouts(std::shared_ptr<const CutoutLibrary> cutouts);

    /// Call on every change. Returns at once.
    void setInput(const Template &source, const Row &row, const QString &folder, const DraftOptions &options);

    const Draft &draft() const;
    State state() const;
    /// The sentence behind Stale; empty otherwise.
    QString problem() const;
    /// Of the layer that is being drawn. Weights of a model of the user's are read before its first step, which may take minutes.
    RenderPace pace() const;
    qint64 msLeft() const;  ///< for that layer; -1: nobody can tell
    /// Empty until the engine has answered once.
    std::optional<EngineCapabilities> capabilities() const;
    /// How many requests went to the engine since the start (tests and the status line).
    int engineRequests() const;

    /// Draws no further: what is missing stays stale, saying so, until the input changes or retry().
    void stop();
    /// Asks the engine again for what failed, and for its capabilities: after it was restarted, or when a person says "try again".
    void retry();
    /// Asks the engine what models it has now: one was added or removed.
    void learnModels();

    /// A whole draft for one variant, for the command line and for batches: independent of the live input. Here a step count that the
    /// model does not have is an error; the live draft takes the nearest one and says so in SubjectInfo::reason.
    QFuture<Result<Draft>> render(const Template &source, const Row &row, const QString &folder, const DraftOptions &options,
                                  std::stop_token stop);

Q_SIGNALS:
    void sceneChanged();                          ///< draft() has a new scene; repaint
    void subjectChanged(const QString &tokenId);  ///< a preview or final picture of one subject arrived
    void stateChanged(Galley::DraftService::State state);
    void progressChanged();                       ///< pace(), while Rendering
    void finished();                              ///< Rendering → Current: a ring entry can be made of draft()
    void capabilitiesChanged();
    void problemsChanged();                       ///< draft().problems was brought up to date, a moment after the last edit

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
