#pragma once

#include "core/base/secret.h"
#include "core/prompt/promptcompiler.h"
#include "core/render/renderengine.h"
#include "core/render/renderrequest.h"
#include "core/routing/modelcatalogue.h"
#include "core/service/renderqueue.h"
#include "core/store/libraryquery.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace Galley {

/// Everything that is said before anything is spent.
struct Quote
{
    RenderRequest request;
    RouteDecision decision;
    ModelEntry model;
    BackendEntry backend;
    Frame frame;
    CompiledPrompt prompt;
    int pictures = 1;          ///< that the model is asked for: request.count, or 1 where it makes one for each request
    double estimateUsd = 0;    ///< for all pictures
    bool priceKnown = true;    ///< false: paid, but models.yaml has no price; estimateUsd is then 0, and a notice says it
    double spentTodayUsd = 0;  ///< by this project, reservations included
    double budgetUsd = 0;      ///< 0: no budget
    QStringList notices;       ///< sentences: settings the model cannot honour, a crop over 10 %, an announced shutdown
    QString obstacle;          ///< why it cannot be sent now (no key, offline, over budget); it can still be queued unless blocked
    bool blocked = false;      ///< must not even be queued: over budget
    bool waitsForNetwork = false;  ///< what is in the way is that the network is switched off, whatever else may be missing
};

/// What a backend needs and has, for the Backends page.
struct BackendStatus
{
    enum class Key { NotNeeded, Missing, Stored, Environment, Unreadable };

    BackendEntry backend;
    QString title;
    Key key = Key::Missing;
    QString keySentence;       ///< what the keychain said: locked, denied, not there
    QStringList models;        ///< ids
    QString lastTest;          ///< sentence of the last test, with its time; empty: never tested
    bool lastTestOk = false;

    bool isKeyAbsent() const { return key == Key::Missing || key == Key::Unreadable; }
};

/// A finished final.
struct FinalPicture
{
    qint64 jobId = 0;
    qint64 assetId = 0;
    int index = 0;             ///< of the pictures of the job
    int count = 1;             ///< how many pictures the job brought
    QImage raw;                ///< as the service made it
    QImage composed;           ///< canvas size: the picture cropped to the canvas, set text over it
    QString requested;
    QString routed;
    QString served;
    Json provenance;
    QString originalFile;      ///< the service's own file among the originals, never altered: it may be signed
    QString digest;            ///< of that file, SHA-256 in hex
    QStringList textFindings;  ///< drawn text that reads differently, a sentence for each token; empty when all is right or nothing is drawn
    bool textChecked = false;  ///< false: there was no drawn text, or it cannot be read here
    QStringList problems;      ///< of what is set over the picture: text that overflows, images that are missing; and why drawn text was not read
};

/// Finals as the desktop and the command line ask for them: quote, submit, watch. Knows services only through RenderEngine. GUI thread.
class FinalService : public QObject
{
    Q_OBJECT

public:
    ~FinalService() override = default;

    virtual const ModelCatalogue &catalogue() const = 0;
    /// Models in the order in which people choose: what can be used first, retired ones last.
    virtual QStringList selectableModels() const = 0;
    virtual QString retiredSentence(const QString &model) const = 0;

    /// Decides, compiles and prices; asks no network and spends nothing.
    virtual Result<Quote> quote(const RenderRequest &request) const = 0;
    /// Reserves the price, stores the job, returns its id. \a draft when request.sendDraft: the draft composed from startScene(), since set text
    /// would otherwise come back as drawn text.
    virtual QFuture<Result<qint64>> submit(const RenderRequest &request, Lane lane, const QImage &draft = {}) = 0;
    /// What \a job was asked for once more, with the pictures that went along then, past the cache of renders. At the price of quote() for its request.
    virtual QFuture<Result<qint64>> renderAnew(qint64 job) = 0;
    virtual RenderQueue *queue() = 0;
    virtual double spentTodayUsd(const QString &project) const = 0;

    /// One of the pictures of a job that is Done; made off the thread. NotFound when the job has no picture \a index.
    virtual QFuture<Result<FinalPicture>> picture(qint64 jobId, int index = 0) = 0;
    /// What the library has measured of a final until now: it takes a while after the picture is there.
    virtual QFuture<Result<QList<PictureScore>>> scores(qint64 assetId) = 0;
    virtual QList<BackendStatus> backends() const = 0;
    virtual QFuture<Result<QString>> testBackend(const QString &id) = 0;
    virtual QFuture<Result<QString>> setKey(const QString &backend, const Secret &key) = 0;   ///< a sentence when it is stored
    virtual QFuture<Result<QString>> removeKey(const QString &backend) = 0;
    /// Asks the keychain once more for the key of \a backend and, unless it refuses that one, for all others that are not there: it may have been
    /// unlocked meanwhile. A sentence about \a backend; an error when there is still no key.
    virtual QFuture<Result<QString>> askForKey(const QString &backend) = 0;
    /// Reads models.yaml again.
    virtual void reload() = 0;

Q_SIGNALS:
    void catalogueChanged();
    void backendsChanged();
    void spentChanged();
};

} // namespace Galley
