#pragma once

#include "core/service/draftservice.h"

#include <QObject>

namespace Galley {

class Exporter;
struct KeptDraft;
class LibraryService;
class MessageBar;
class PreviewRing;

/// Keeps drafts in the library when somebody pins or exports them: the picture with everything that says how it came to be. A pinned one is said with a way
/// back (unpinned, and its picture in the bin); unpinning by hand leaves the picture where it is, since the library forgets nothing by itself. What was
/// exported is there as well as in its file; only a failure is said. GUI thread; owns nothing.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    DraftKeeper(LibraryService *library, PreviewRing *ring, Exporter *exporter, MessageBar *bar, QObject *parent = nullptr);

Q_SIGNALS:
    void message(const QString &sentence);

private:
    void pin(const Draft &draft);
    void sayPinned(const Draft &draft, const KeptDraft &kept);
    void unpin(const Draft &draft);
    void keepExported(const Draft &draft);

    LibraryService *m_library;
    PreviewRing *m_ring;
    MessageBar *m_bar;
};

} // namespace Galley
