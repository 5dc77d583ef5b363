#pragma once

#include "core/prompt/promptcompiler.h"
#include "core/render/renderengine.h"
#include "core/render/renderrequest.h"

namespace Galley {

class Store;

/// \a draft (canvas ratio) laid out in a picture of \a frame: where the canvas will be cropped out of it; its edges continue outside.
ReferencePicture startPicture(const QImage &draft, const Frame &frame);

/// What goes along with \a request to a model of \a frame: \a start (the draft, or what startFile or startAsset holds) and, where only parts of it are
/// to be drawn anew, a mask of the same size. Any picture is read as pictures of models are: the canvas is what is cropped out of its middle. A picture of
/// the frame's own size, and for models of ratios one of its shape, goes along pixel by pixel; another one is laid out anew, and the mask with it.
/// \a ownMask: what maskFile holds. Pure; takes a while, so not for the GUI thread.
Result<QList<ReferencePicture>> referencesFor(const RenderRequest &request, const Frame &frame, const QImage &start, const QImage &ownMask = {});

/// The same with the pictures read: \a draft for sendDraft, else the file (checked as every picture from outside) or the original in \a store. Waits for
/// the store: any thread but its own and the GUI's.
Result<QList<ReferencePicture>> readReferences(const RenderRequest &request, const Frame &frame, const QImage &draft, Store *store);

/// Why \a request cannot begin with what it names, or change what it says of it; \a variant: its template × row.
Result<void> checkStart(const RenderRequest &request, const Variant &variant);

} // namespace Galley
