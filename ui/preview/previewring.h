#pragma once

#include <QList>
#include <QWidget>

#include <memory>

class QAction;

namespace Galley {

struct Draft;
class DraftService;
class TemplateDocument;

/// The last twelve drafts as thumbnails, newest first. Pinned ones stay until they are unpinned. Holding one down (mouse, or Space)
/// shows it on the artboard for as long as it is held; Restore (Enter) makes its template and row the document again, as one undo
/// step, and hands out its options.
///
/// Thumbnails are composed off the GUI thread from copies. GUI thread; owns neither document nor service, which outlive it. Opening
/// another template empties it.
class PreviewRing : public QWidget
{
    Q_OBJECT

public:
    static constexpr int capacity = 12;

    PreviewRing(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);
    ~PreviewRing() override;

    int count() const;
    const Draft &at(int index) const;  ///< 0 is the newest
    QImage thumbnail(int index) const;  ///< null while it is being composed
    bool isPinned(int index) const;
    /// One place is always left for the next draft: with eleven pinned another one is refused, with message().
    void setPinned(int index, bool pinned);
    int currentIndex() const;  ///< what the actions are about; -1: none
    void setCurrentIndex(int index);
    void restore(int index);

    /// Restore, pin, reuse seed, new seed; owned by the ring.
    QList<QAction *> ringActions() const;

Q_SIGNALS:
    void shown(const Galley::Draft &draft);  ///< held down: a look at it; connect to Artboard::showDraft
    void hidden();                           ///< let go: connect to Artboard::showLive
    void seedWanted(int seed);               ///< the window sets its draft options
    void newSeedWanted();
    /// The template is back already; the window sets its draft options.
    void optionsRestored(const Galley::Draft &draft);
    void pinnedChanged(int index, bool pinned);
    void message(const QString &sentence);
    void thumbnailReady(int index);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
