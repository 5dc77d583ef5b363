#pragma once

#include <QWidget>

#include <memory>

namespace Galley {

struct Draft;
class DraftService;
class TemplateDocument;

/// The last twelve drafts as thumbnails. Pinned ones stay, and never count as the oldest. Pressing one shows it on the artboard
/// for as long as it is pressed; "Restore" makes its template, row values and options the document again, as one undo step.
///
/// Thumbnails are composed off the GUI thread from copies. GUI thread; owns neither document nor service, which outlive it.
class PreviewRing : public QWidget
{
    Q_OBJECT

public:
    static constexpr int capacity = 12;

    PreviewRing(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);
    ~PreviewRing() override;

    int count() const;
    const Draft &at(int index) const;  ///< 0 is the newest
    bool isPinned(int index) const;
    void setPinned(int index, bool pinned);
    void restore(int index);

Q_SIGNALS:
    void seedWanted(int seed);  ///< "Reuse seed" of one preview; the window sets its draft options
    void newSeedWanted();
    /// The options of a restored preview; the window sets its draft options.
    void optionsRestored(const Galley::Draft &draft);
    void pinnedChanged(int index, bool pinned);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
