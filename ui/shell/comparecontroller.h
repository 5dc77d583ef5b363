#pragma once

#include <QObject>

class QAction;

namespace Galley {

class CompareWorkspace;
class DraftService;
class FinalPane;

/// Takes pictures to the Compare workspace from elsewhere in the window: the draft beside the final that is shown. GUI thread; owns its action only.
class CompareController : public QObject
{
    Q_OBJECT

public:
    /// \a pane may be null: then nothing can be rendered here.
    CompareController(CompareWorkspace *compare, DraftService *draft, FinalPane *pane, QObject *parent = nullptr);

    /// "Compare Draft with Final": of the final pane, and of the empty workspace.
    QAction *draftWithFinal() const { return m_draftWithFinal; }

private:
    void update();
    void compare();
    qint64 shownAsset() const;

    CompareWorkspace *m_compare;
    DraftService *m_draft;
    FinalPane *m_pane;
    QAction *m_draftWithFinal;
};

} // namespace Galley
