#pragma once

#include <QWidget>

#include <memory>

namespace Galley {

class DraftService;

/// Says in words and shape what the picture on the artboard is: a full disc and "current · galley-draft · 2 steps · 118 ms · CPU",
/// a half disc and "stale" with the sentence that explains it, or a broken ring and "rendering". What takes longer, a large model as a rule, says how far
/// it is and what time is left, and can be stopped. Stands on a chip of panel colour, so that it can be read over any picture. GUI thread; does not own the service, which outlives it.
class StateChip : public QWidget
{
    Q_OBJECT

public:
    explicit StateChip(DraftService *draft, QWidget *parent = nullptr);
    ~StateChip() override;

    /// What it says, without the shape; never cut off.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    QString describe() const;
    QString describeRendering() const;
    bool isLong() const;
    double share() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
