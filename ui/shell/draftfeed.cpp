#include "ui/shell/draftfeed.h"

#include "core/service/subjectplanner.h"
#include "core/settings/settings.h"
#include "ui/document/templatedocument.h"

#include <QRandomGenerator>
#include <QSettings>

#include <algorithm>
#include <limits>

namespace Galley {

namespace {

const auto modelKey = QStringLiteral("draft/model");
const auto lastChoice = QStringLiteral("draft/auto_steps");  // where the next session begins

} // namespace

DraftFeed::DraftFeed(TemplateDocument *document, DraftService *draft, Settings *settings, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_draft(draft)
    , m_settings(settings)
{
    m_options.source = subjectSourceFromName(settings->draftSource.value()).value_or(SubjectSource::Auto);
    m_options.model = settings->raw()->value(modelKey).toString();
    m_automatic = settings->draftSteps.value() == 0;
    m_choice = StepChoice(settings->raw()->value(lastChoice, m_choice.steps()).toInt());
    boundChoice();
    m_options.steps = std::clamp(m_automatic ? automaticSteps() : settings->draftSteps.value(), 1, maxSteps());
    connect(draft, &DraftService::subjectChanged, this, &DraftFeed::measure);
    connect(draft, &DraftService::capabilitiesChanged, this, &DraftFeed::forgetMeasures);
    connect(document, &TemplateDocument::changed, this, &DraftFeed::feed);
    connect(document, &TemplateDocument::currentRowChanged, this, &DraftFeed::feed);
    feed();
}

const ModelCapabilities *DraftFeed::model() const
{
    const auto capabilities = m_draft->capabilities();
    if (!capabilities)
        return nullptr;
    m_capabilities = *capabilities;
    return m_capabilities.findModel(draftModelId(m_options.model));
}

int DraftFeed::maxSteps() const
{
    const ModelCapabilities *known = model();
    return known ? std::max(1, known->maxSteps) : ModelCapabilities().maxSteps;
}

/// Galley's own model takes as many as the machine is fast enough for, of those that make it better; any other as many as it was made for.
int DraftFeed::automaticSteps() const
{
    const ModelCapabilities *known = m_options.model.isEmpty() ? nullptr : model();
    return known ? known->defaultSteps : m_choice.steps();
}

void DraftFeed::setModel(const QString &id)
{
    m_settings->raw()->setValue(modelKey, id);
    if (id == m_options.model)
        return;
    m_options.model = id;
    m_automatic = true;
    m_settings->draftSteps.set(0);
    m_options.steps = std::clamp(automaticSteps(), 1, maxSteps());
    Q_EMIT optionsChanged();
    feed();
}

void DraftFeed::setSource(SubjectSource source)
{
    m_settings->draftSource.set(subjectSourceName(source));
    DraftOptions options = m_options;
    options.source = source;
    set(options);
}

void DraftFeed::setSteps(int steps)
{
    const bool automatic = steps == 0;
    DraftOptions options = m_options;
    m_automatic = automatic;
    options.steps = std::clamp(automatic ? automaticSteps() : steps, 1, maxSteps());
    m_settings->draftSteps.set(automatic ? 0 : options.steps);
    const bool sameSteps = options == m_options;
    set(options);
    if (sameSteps)
        Q_EMIT optionsChanged();
}

/// Counts the time of every layer that was drawn since, once.
void DraftFeed::measure()
{
    bool changed = false;
    for (const SubjectInfo &info : m_draft->draft().subjects) {
        if (!m_options.model.isEmpty() || info.took != SubjectSource::Generated || info.fromCache || info.digest.isEmpty() || m_measured.contains(info.digest))
            continue;
        m_measured.insert(info.digest);
        changed |= m_choice.add(info.steps, info.milliseconds);
    }
    if (!changed)
        return;
    m_settings->raw()->setValue(lastChoice, m_choice.steps());
    if (!m_automatic)
        return;
    // On a later turn: this one is inside the arrival of a layer.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_automatic)
                setSteps(0);
        },
        Qt::QueuedConnection);
}

/// By what Galley's own model was made for, once that is known.
void DraftFeed::boundChoice()
{
    const auto capabilities = m_draft->capabilities();
    if (const ModelCapabilities *own = capabilities ? capabilities->findModel(draftModelId()) : nullptr; own && own->problem.isEmpty())
        m_choice.setMost(own->defaultSteps);
}

void DraftFeed::forgetMeasures()
{
    const auto capabilities = m_draft->capabilities();
    boundChoice();
    const ModelCapabilities *known = model();
    if (!capabilities || !known)
        return;
    const QString with = capabilities->device + QLatin1Char('/') + capabilities->dtype + QLatin1Char('/') + known->revision;
    if (with == m_measuredWith)
        return;
    m_measuredWith = with;
    m_measured.clear();
    m_choice.forget();
    // What the model was made for is known only now.
    if (m_automatic && m_options.steps != automaticSteps())
        QMetaObject::invokeMethod(this, [this] { setSteps(0); }, Qt::QueuedConnection);
}

void DraftFeed::setSeed(int seed)
{
    DraftOptions options = m_options;
    options.seed = std::max(0, seed);
    set(options);
}

void DraftFeed::rollSeed()
{
    if (!m_seedLocked)
        setSeed(QRandomGenerator::global()->bounded(std::numeric_limits<int>::max()));
}

void DraftFeed::setSeedLocked(bool locked)
{
    m_seedLocked = locked;
    Q_EMIT optionsChanged();
}

void DraftFeed::restore(const DraftOptions &options)
{
    DraftOptions wanted = options;
    if (wanted.model != m_options.model)
        m_settings->raw()->setValue(modelKey, wanted.model);
    if (m_seedLocked)
        wanted.seed = m_options.seed;
    set(wanted);
}

void DraftFeed::feed()
{
    m_draft->setInput(m_document->value(), m_document->row(), m_document->folder(), m_options);
}

void DraftFeed::set(const DraftOptions &options)
{
    if (options == m_options)
        return;
    m_options = options;
    Q_EMIT optionsChanged();
    feed();
}

} // namespace Galley
