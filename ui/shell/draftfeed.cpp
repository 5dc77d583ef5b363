#include "ui/shell/draftfeed.h"

#include "core/settings/settings.h"
#include "ui/document/templatedocument.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>

namespace Galley {

namespace {

const auto lastChoice = QStringLiteral("draft/auto_steps");  // where the next session begins

} // namespace

DraftFeed::DraftFeed(TemplateDocument *document, DraftService *draft, Settings *settings, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_draft(draft)
    , m_settings(settings)
{
    m_options.source = subjectSourceFromName(settings->draftSource.value()).value_or(SubjectSource::Auto);
    m_automatic = settings->draftSteps.value() == 0;
    m_choice = StepChoice(settings->raw()->value(lastChoice, m_choice.steps()).toInt());
    m_options.steps = std::clamp(m_automatic ? m_choice.steps() : settings->draftSteps.value(), 1, maxSteps());
    connect(draft, &DraftService::subjectChanged, this, &DraftFeed::measure);
    connect(draft, &DraftService::capabilitiesChanged, this, &DraftFeed::forgetMeasures);
    connect(document, &TemplateDocument::changed, this, &DraftFeed::feed);
    connect(document, &TemplateDocument::currentRowChanged, this, &DraftFeed::feed);
    feed();
}

int DraftFeed::maxSteps() const
{
    const auto capabilities = m_draft->capabilities();
    if (!capabilities || capabilities->models.isEmpty())
        return ModelCapabilities().maxSteps;
    return std::max(1, capabilities->models.first().maxSteps);
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
    options.steps = std::clamp(automatic ? m_choice.steps() : steps, 1, maxSteps());
    m_settings->draftSteps.set(automatic ? 0 : options.steps);
    const bool sameSteps = options == m_options;
    m_automatic = automatic;
    set(options);
    if (sameSteps)
        Q_EMIT optionsChanged();
}

/// Counts the time of every layer that was drawn since, once.
void DraftFeed::measure()
{
    bool changed = false;
    for (const SubjectInfo &info : m_draft->draft().subjects) {
        if (info.took != SubjectSource::Generated || info.fromCache || info.digest.isEmpty() || m_measured.contains(info.digest))
            continue;
        m_measured.insert(info.digest);
        changed |= m_choice.add(info.steps, info.milliseconds, maxSteps());
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

void DraftFeed::forgetMeasures()
{
    const auto capabilities = m_draft->capabilities();
    if (!capabilities || capabilities->models.isEmpty())
        return;
    const QString with = capabilities->device + QLatin1Char('/') + capabilities->dtype + QLatin1Char('/') + capabilities->models.first().revision;
    if (with == m_measuredWith)
        return;
    m_measuredWith = with;
    m_measured.clear();
    m_choice.forget();
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
