#include "core/service/finalplan.h"

#include "core/composition/scene.h"
#include "core/engines/remote/remoteengine.h"
#include "core/prompt/colorname.h"
#include "core/service/startpicture.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::FinalPlan", text);
}

bool isAllowed(const QSize &size, const SizeRules &rules)
{
    const qint64 pixels = qint64(size.width()) * size.height();
    if (!rules.list.isEmpty())
        return rules.list.contains(size);
    if (!rules.ratios.isEmpty())
        return false;
    if (rules.multiple <= 0)
        return true;
    return size.width() % rules.multiple == 0 && size.height() % rules.multiple == 0 && pixels >= rules.minPixels
        && (rules.maxPixels <= 0 || pixels <= rules.maxPixels)
        && (rules.maxEdge <= 0 || std::max(size.width(), size.height()) <= rules.maxEdge);
}

Result<void> checkRequest(const RenderRequest &request)
{
    constexpr int mostPictures = 16;
    constexpr int mostSteps = 1000;
    constexpr int mostGuidance = 100;
    constexpr int maxSide = 16'384;
    const auto wrong = [](const QString &sentence) { return fail(ErrorCode::InvalidInput, sentence); };
    if (request.seed && *request.seed < 0)
        return wrong(tr("The seed %1 is not possible: seeds are 0 to 2147483647.").arg(*request.seed));
    if (request.steps && (*request.steps < 1 || *request.steps > mostSteps))
        return wrong(tr("%1 steps are not possible: take 1 to %2.").arg(*request.steps).arg(mostSteps));
    if (request.count < 1 || request.count > mostPictures)
        return wrong(tr("%1 pictures of one request are not possible: take 1 to %2.").arg(request.count).arg(mostPictures));
    if (request.guidance && !(*request.guidance > 0 && *request.guidance <= mostGuidance))
        return wrong(tr("The guidance %1 is not possible: take a number above 0, at most %2.").arg(*request.guidance).arg(mostGuidance));
    if (!(request.strength >= 0 && request.strength <= 1))
        return wrong(tr("The strength of the start picture must lie between 0 (unchanged) and 1 (only a hint)."));
    if (request.size && (request.size->isEmpty() || std::max(request.size->width(), request.size->height()) > maxSide))
        return wrong(tr("The size %1×%2 is not possible: take 1 to %3 a side.").arg(request.size->width()).arg(request.size->height()).arg(maxSide));
    return {};
}

Result<Variant> variantOf(const RenderRequest &request)
{
    return resolve(request.source, request.row, request.folder);
}

int countFor(const RenderRequest &request, const ModelEntry &model, const BackendEntry &backend)
{
    return canHonour(model, backend, "count") ? request.count : 1;
}

Result<void> checkModel(const ModelEntry &model, const BackendEntry &backend)
{
    if (backend.kind != QLatin1String("local") && !findServiceKind(backend.kind)) {
        return fail(ErrorCode::Unsupported, tr("%1 is rendered by \"%2\", a backend of the kind \"%3\", which this version of Galley cannot talk to.")
                                                .arg(model.label, backend.id, backend.kind));
    }
    if (model.dialect == Dialect::Draft) {
        return fail(ErrorCode::InvalidInput, tr("%1 draws drafts, layer by layer, and no finals. Choose another model, or render without --model.")
                                                 .arg(model.label));
    }
    return {};
}

/// Money that nobody can count is said.
QString unknownPriceNotice(const ModelEntry &model, bool hasBudget)
{
    const QString sentence = tr("What %1 costs is not known: models.yaml has no price for it.").arg(model.label);
    return hasBudget ? sentence + u' ' + tr("The budget cannot count it. Write its price down there, and it is kept to.") : sentence;
}

/// decideRoute() says in short what the obstacle says at length: once is enough. tst_finalplan fails where the words are no longer the same.
void leaveToTheObstacle(Quote &quote)
{
    const auto said = [](const char *text) { return QCoreApplication::translate("Galley::Router", text); };
    quote.decision.skipped.removeAll(said("%1 waits until the network is switched on again.").arg(quote.model.label));
    quote.decision.skipped.removeAll(
        said("%1 waits until there is a key for %2. Enter it in the settings.").arg(quote.model.label, quote.backend.title()));
}

/// The sentence of a budget that is used up; empty while it is not.
QString overBudget(const Quote &quote)
{
    constexpr double roundingError = 1e-9;
    if (quote.budgetUsd <= 0 || quote.spentTodayUsd + quote.estimateUsd <= quote.budgetUsd + roundingError)
        return {};
    const auto money = [](double usd) { return QLocale::c().toString(usd, 'f', 2); };
    return tr("The budget of %1 USD a day does not cover it: %2 USD are spent or reserved today and this costs %3 USD. Raise \"Budget for a "
              "day\" under Services and Keys (budget/per_day_usd in the settings file), or wait until tomorrow.")
        .arg(money(quote.budgetUsd), money(quote.spentTodayUsd), QLocale::c().toString(quote.estimateUsd, 'f', 3));
}

/// Whether it makes a difference how the brackets of \a prompt are read.
bool hasBrackets(const QString &prompt)
{
    const QString words = withoutColorCodes(prompt);
    return std::any_of(words.cbegin(), words.cend(), [](QChar c) { return QStringView(u"()[]").contains(c); });
}

/// The worker refuses other weights than those that were described, and decodes a preview in the time of the next step: a few are enough.
/// A start picture leaves only its part of the steps to be done: a model that was made for one step is given as many as leave one.
void forThisMachine(EngineRequest &request, bool stepsChosen)
{
    if (!request.references.isEmpty() && !stepsChosen && request.strength > 0)
        request.steps = std::max(request.steps, int(std::ceil(1 / request.strength)));
    constexpr int mostPreviews = 4;
    if (request.options.is_object() && request.options.contains("revision"))
        request.revision = toQString(request.options["revision"]);
    if (request.previewEvery > 0)
        request.previewEvery = std::max(1, (request.steps + mostPreviews - 1) / mostPreviews);
}

} // namespace

Frame finalFrame(const RenderRequest &request, const QSize &canvas, const ModelEntry &model)
{
    if (!request.size)
        return frameFor(canvas, model.sizes);
    Frame frame = frameFor(*request.size, model.sizes);
    if (isAllowed(*request.size, model.sizes))
        frame.picture = *request.size;
    frame.canvas = canvas;
    return frame;
}

Result<Quote> makeQuote(const RenderRequest &request, const ModelCatalogue &catalogue, const QuoteWorld &world)
{
    if (const auto checked = checkRequest(request); !checked)
        return fail(checked.error());
    const auto variant = variantOf(request);
    if (!variant)
        return fail(variant.error());
    if (const auto checked = checkStart(request, *variant); !checked)
        return fail(checked.error());
    const auto decision = decideRoute(request, world.policy, catalogue, world.route);
    if (!decision)
        return fail(decision.error());
    Quote quote;
    quote.request = request;
    quote.decision = *decision;
    quote.decision.revision = world.revision;
    const ModelEntry *model = catalogue.findModel(decision->model);
    const BackendEntry *backend = model ? catalogue.findBackend(model->backend) : nullptr;
    if (!backend)
        return fail(ErrorCode::NotFound, tr("\"%1\" has no backend that models.yaml describes. Add it there under backends.").arg(decision->model));
    if (const auto checked = checkModel(*model, *backend); !checked)
        return fail(checked.error());
    quote.model = *model;
    quote.backend = *backend;
    quote.frame = finalFrame(request, variant->canvas, *model);
    quote.prompt = compilePrompt(*variant, model->dialect, quote.frame);
    quote.pictures = countFor(request, *model, *backend);
    const QString quality = model->options.is_object() && model->options.contains("quality") ? toQString(model->options["quality"]) : QString();
    const Cost cost = costOf(*model, *backend);
    quote.priceKnown = cost != Cost::Unknown;
    quote.estimateUsd = cost == Cost::Priced ? model->price.estimate(quote.frame.picture, quality, quote.pictures) : 0;
    quote.spentTodayUsd = world.spentUsd;
    quote.budgetUsd = world.budgetUsd;
    quote.notices = settingNotices(request, *model, *backend, quote.frame, quote.prompt, world.route.now.date());
    quote.decision.reasons.removeAll(catalogue.shutdownNotice(*model, world.route.now.date()));  // a notice says it
    if (!quote.priceKnown)
        quote.notices.prepend(unknownPriceNotice(*model, world.budgetUsd > 0));
    quote.notices += finalSceneNotes(*variant) + quote.prompt.warnings;
    quote.obstacle = overBudget(quote);
    quote.blocked = !quote.obstacle.isEmpty();
    if (!quote.blocked) {
        quote.obstacle = sendObstacle(*model, *backend, world);
        quote.waitsForNetwork = world.route.offline && !isOnThisMachine(*backend);
        if (!quote.obstacle.isEmpty())
            leaveToTheObstacle(quote);
    }
    return quote;
}

Result<EngineRequest> makeEngineRequest(const RenderRequest &request, const ModelEntry &model, const BackendEntry &backend,
                                        const QList<ReferencePicture> &references)
{
    const auto variant = variantOf(request);
    if (!variant)
        return fail(variant.error());
    if (const auto checked = checkModel(model, backend); !checked)
        return fail(checked.error());
    const Frame frame = finalFrame(request, variant->canvas, model);
    EngineRequest made;
    made.model = model.id;
    made.backend = backend.id;
    made.upstream = model.upstream;
    made.dialect = model.dialect;
    made.prompt = compilePrompt(*variant, model.dialect, frame).text;
    if (canHonour(model, backend, "negative"))
        made.negativePrompt = request.negativePrompt.trimmed();
    made.size = frame.picture;
    made.ratio = frame.ratio;
    made.seedWanted = request.seed && canHonour(model, backend, "seed");
    made.seed = made.seedWanted ? *request.seed : 0;
    made.steps = request.steps && canHonour(model, backend, "steps") ? *request.steps : model.defaultSteps;
    made.guidance = request.guidance && canHonour(model, backend, "guidance") ? *request.guidance : 0;
    made.rgba = false;
    made.previewEvery = canHonour(model, backend, "stream") ? 1 : 0;
    made.count = countFor(request, model, backend);
    // Other prompts mean the same with and without, and keep their digests.
    made.weights = canHonour(model, backend, "weights") && (hasBrackets(made.prompt) || hasBrackets(made.negativePrompt));
    if (made.weights || (backend.kind != QLatin1String("local") && readsBrackets(model, backend)))
        made.prompt = withEscapedColorCodes(made.prompt);
    if (canHonour(model, backend, "image")) {
        made.references = references;
        if (!canHonour(model, backend, "mask"))
            made.references.removeIf([](const ReferencePicture &picture) { return picture.use == ReferencePicture::Use::Mask; });
        made.strength = references.isEmpty() ? 0 : request.strength;
    }
    made.options = model.options;
    made.mayShrink = request.mayShrink && backend.kind == QLatin1String("local");
    if (backend.kind == QLatin1String("local"))
        forThisMachine(made, request.steps.has_value());
    return made;
}

QList<TextToRead> textsToRead(const Variant &variant, const QSize &size)
{
    const Frame frame{size, variant.canvas};
    QList<TextToRead> texts;
    for (const ResolvedToken &token : variant.tokens) {
        if (token.isSet() || !token.token.isTextRole() || token.text.text.trimmed().isEmpty())
            continue;
        texts.append({token.token.id, frame.toPicture(token.token.box).toRect(size), token.text.text});
    }
    return texts;
}

} // namespace Galley
