#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <algorithm>

namespace Galley {

/// Which pictures of a set are in which pane: a layout, a pinned pane whose picture stays while the others step, and the active pane. A plain value that
/// knows pictures only by their place in the set.
class ComparePlaces
{
public:
    /// \a count pictures in \a panes panes; begins anew, nothing pinned.
    void reset(int count, int panes);
    /// Another layout for the same pictures: the active and the pinned picture stay.
    void setPanes(int panes);

    int count() const { return m_count; }
    int panes() const { return m_panes; }
    int active() const { return m_active; }
    void setActive(int pane);
    int pinned() const { return m_pinned; }  ///< a pane; -1: none
    void setPinned(int pane);

    /// The picture in \a pane; -1: none.
    int pictureAt(int pane) const;
    int paneOf(int picture) const;  ///< -1: not on screen
    int activePicture() const { return pictureAt(m_active); }
    bool holdsAll() const { return m_count <= m_panes; }

    /// Next or previous pictures: while all of them are on screen the active pane moves instead. False: there is no further one.
    bool step(int by);
    /// A whole screen of others.
    bool page(int by) { return step(by * std::max(1, m_panes - (m_pinned >= 0 ? 1 : 0))); }

    /// The two that are wiped, flickered, laid over one another: the pinned picture (else the first) and the active one (else the next). -1: none.
    int first() const;
    int second() const;
    void swapPair();  ///< the one becomes the other

    bool operator==(const ComparePlaces &) const = default;

private:
    int others() const { return m_count - (m_pinnedPicture >= 0 ? 1 : 0); }
    int freePanes() const { return m_panes - (m_pinned >= 0 ? 1 : 0); }
    void keepInRange();
    bool moveActive(int by);

    int m_count = 0;
    int m_panes = 1;
    int m_from = 0;  ///< the first of the others that is on screen
    int m_active = 0;
    int m_pinned = -1;
    int m_pinnedPicture = -1;
};

/// In which order pictures are shown blind, so that neither place nor history tells the model: a permutation that follows from the set alone (not from the
/// order in which it was opened) and from \a round, which a new blind look raises.
/// \a rows: for each picture the row of the grid that it belongs to, shuffled within each row only; empty: one row.
QList<int> blindOrder(const QList<QByteArray> &keys, int round, const QList<int> &rows = {});

/// "A", "B" … "Z", "AA": what a picture is called while nobody may know its model.
QString blindLabel(int place);

} // namespace Galley
