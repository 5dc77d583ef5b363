#include "ui/shell/draftfeed.h"

#include "core/settings/settings.h"
#include "ui/document/templatedocument.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>

namespace Galley {

DraftFeed::DraftFeed(TemplateDocument *document, DraftService *draft, Settings *settings, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_draft(draft)
    , m_settings(settings)
{
    m_options.source = subjectSourceFromName(settings->draftSource.value()).value_or(SubjectSource::Auto);
    m_options.steps = std::clamp(settings->draftSteps.value(), 1, maxSteps());
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
    DraftOptions options = m_options;
    options.steps = std::clamp(steps, 1, maxSteps());
    m_settings->draftSteps.set(options.steps);
    set(options);
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
