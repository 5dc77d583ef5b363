#pragma once

#include <QImage>
#include <QObject>

#include <stop_token>

class QAction;

namespace Galley {

class CompareWorkspace;
class DraftService;
enum class DriftFrom;
class FinalPane;
struct LibraryCard;
class LibraryService;
struct RenderRequest;

/// Takes pictures to the Compare workspace from elsewhere in the window: the draft that was approved beside the final that is shown, and how far the one
/// drifted from the other. Where no draft was on screen when the final was sent, one is drawn anew from the final's own template, and that is said. GUI
/// thread; owns its action only.
class CompareController : public QObject
{
    Q_OBJECT

public:
    /// All outlive it. \a pane may be null: then nothing can be rendered here.
    CompareController(CompareWorkspace *compare, LibraryService *library, DraftService *draft, FinalPane *pane, QObject *parent = nullptr);

    ~CompareController() override;

    /// "Compare Draft with Final": of the final pane, and of the empty workspace.
    QAction *draftWithFinal() const { return m_draftWithFinal; }

private:
    void update();
    void compare();
    void showApproved(qint64 asset, qint64 draft, const RenderRequest &request);
    void drawAnew(qint64 asset, const RenderRequest &request, DriftFrom from);
    void show(qint64 asset, const LibraryCard &card, const QImage &draft, const RenderRequest &request, DriftFrom from);
    void measureDrift(qint64 asset, const QImage &draft, const RenderRequest &request, DriftFrom from);
    void fail(const QString &sentence);
    qint64 shownAsset() const;

    CompareWorkspace *m_compare;
    LibraryService *m_library;
    DraftService *m_draft;
    FinalPane *m_pane;
    QAction *m_draftWithFinal;
    std::stop_source m_drawing;  ///< of the draft that is drawn anew
};

} // namespace Galley
