#pragma once

#include "core/composition/scene.h"
#include "core/service/draftservice.h"

#include <QFrame>
#include <QList>

#include <stop_token>

class QLabel;
class QToolButton;

namespace Galley {

class TemplateDocument;

/// Why there are no candidates for what is selected in \a document, a sentence; empty when there are: one drawn subject whose picture the
/// draft model made.
QString candidatesObstacle(const TemplateDocument &document, const DraftService *draft);

/// Four pictures of one subject with four seeds, on the design's own ground, two by two. They are drawn one after the other in the
/// background, by the draft's own worker and through its cache, so that the one that is taken is there at once. A click, Enter or 1 to 4
/// takes one, Escape none; closing cancels what is under way. A popup that deletes itself; does not own the service. GUI thread.
class CandidatesPopup : public QFrame
{
    Q_OBJECT

public:
    static constexpr int count = 4;

    /// Draws \a tokenId of the draft that is shown now.
    CandidatesPopup(DraftService *draft, const QString &tokenId, QWidget *parent);
    ~CandidatesPopup() override;

    const QList<int> &seeds() const { return m_seeds; }

Q_SIGNALS:
    void chosen(int seed);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void drawNext();
    void showDrawn(int index, const Draft &draft);
    void tell();
    void take(int index);

    DraftService *m_draft;
    QString m_token;
    Template m_source;
    Row m_row;
    QString m_folder;
    DraftOptions m_options;
    QList<int> m_seeds;
    QList<QToolButton *> m_tiles;
    QLabel *m_state;
    QString m_failure;
    ScenePainter m_painter;
    std::stop_source m_stop;
    int m_drawn = 0;
};

/// Opens the popup for what is selected, at the upper right of \a over; what is taken becomes the token's own seed, as one undo step.
void openCandidates(TemplateDocument *document, DraftService *draft, QWidget *over);

} // namespace Galley
