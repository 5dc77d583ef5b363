#include "ui/shell/librarycontroller.h"

#include "ui/document/templatedocument.h"
#include "ui/library/libraryworkspace.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/workspaceswitch.h"

namespace Galley {

namespace {

/// The template with the row's values as its defaults: without the sheet that the row came from there is nothing else to hold them.
Template withValues(const RenderRequest &request)
{
    Template value = request.source;
    for (Slot &slot : value.slotList) {
        if (const auto found = request.row.values.constFind(slot.name); found != request.row.values.constEnd())
            slot.defaultValue = *found;
    }
    return value;
}

} // namespace

LibraryController::LibraryController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    const auto toDesign = [this] { m_parts.workspaces->choose(QStringLiteral("design")); };
    connect(parts.library, &LibraryWorkspace::designWanted, this, toDesign);
    connect(parts.library, &LibraryWorkspace::message, this, &LibraryController::message);
    connect(parts.library, &LibraryWorkspace::requestWanted, this, &LibraryController::use);
}

void LibraryController::use(const RenderRequest &request)
{
    TemplateDocument *document = m_parts.document;
    // Another template must not be written into the file of the open one: it opens by itself, without a file.
    if (document->value().id == request.source.id && !document->isReadOnly()) {
        document->restore(tr("Use the template of a picture"), withValues(request), {});
        open(request);
        return;
    }
    m_parts.files->whenSafe([this, request] {
        m_parts.document->openValue(withValues(request), request.folder);
        open(request);
    });
}

void LibraryController::open(const RenderRequest &request)
{
    if (request.seed)
        m_parts.feed->setSeed(*request.seed);
    m_parts.workspaces->choose(QStringLiteral("design"));
    Q_EMIT message(request.seed ? tr("Template and seed %1 of the picture are in Design.").arg(*request.seed) : tr("The template of the picture is in Design."));
}

} // namespace Galley
