#pragma once

#include <QObject>

class QAction;

namespace Galley {

class CompareWorkspace;
struct Draft;
class DraftService;
class FinalPane;
class LibraryService;

/// Takes pictures to the Compare workspace from elsewhere in the window: the draft beside the final that is shown, and how far the one drifted from the
/// other. GUI thread; owns its action only.
class CompareController : public QObject
{
    Q_OBJECT

public:
    /// All outlive it. \a pane may be null: then nothing can be rendered here.
    CompareController(CompareWorkspace *compare, LibraryService *library, DraftService *draft, FinalPane *pane, QObject *parent = nullptr);

    /// "Compare Draft with Final": of the final pane, and of the empty workspace.
    QAction *draftWithFinal() const { return m_draftWithFinal; }

private:
    void update();
    void compare();
    void measureDrift(qint64 asset, const Draft &draft);
    qint64 shownAsset() const;

    CompareWorkspace *m_compare;
    LibraryService *m_library;
    DraftService *m_draft;
    FinalPane *m_pane;
    QAction *m_draftWithFinal;
};

} // namespace Galley
