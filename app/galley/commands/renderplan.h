#pragma once

#include "app/galley/commands/rendercommand.h"
#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/service/draftservice.h"
#include "core/service/pictureexport.h"
#include "core/template/finding.h"

#include <QList>
#include <QSize>

namespace Galley {

/// One picture that is to be made.
struct RenderTarget
{
    Row row;
    QString file;
    QString layersFolder;        ///< empty: no layers
    std::optional<Error> error;  ///< known before anything is drawn, such as a file name that another row has
};

/// What `galley render` was asked for, checked and complete: nothing is drawn before all of it is known.
struct RenderPlan
{
    Template value;
    QString templateFile;
    QString folder;  ///< of the template
    DraftOptions options;
    bool stepsGiven = false;  ///< else the model's own number is taken
    QString device;           ///< empty: as in the settings
    QSize size;
    bool raw = false;
    bool isFinal = false;     ///< sent to a model by the final service; a draft otherwise
    RenderRequest request;    ///< isFinal: what every row has in common; without its row
    ExportOptions saving;     ///< as the settings want it; the format follows each file's ending
    QList<RenderTarget> targets;
    QList<Finding> findings;  ///< warnings of template and CSV
};

Result<RenderPlan> planRender(const RenderArguments &arguments);

/// Where picture \a index (from 0) of one request goes: \a file itself for the first, "out-2.png" and so on for the others.
QString numberedFile(const QString &file, int index);

/// plan.saving for \a file.
ExportOptions savingOf(const RenderPlan &plan, const QString &file);

/// \a wanted as a plain file name without any path, with the ending .png; empty when nothing usable is left.
QString safeFileName(const QString &wanted);

} // namespace Galley
