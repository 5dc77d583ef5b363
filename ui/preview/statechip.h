#pragma once

#include <QWidget>

#include <memory>

namespace Galley {

class DraftService;

/// Says in words and shape what the picture on the artboard is: "● current · galley-draft · 2 steps · 118 ms · CPU",
/// "◐ stale" with the sentence that explains it, or "◌ rendering". Stands on a chip of panel colour, so that it can be read over
/// any picture. GUI thread; does not own the service, which outlives it.
class StateChip : public QWidget
{
    Q_OBJECT

public:
    explicit StateChip(DraftService *draft, QWidget *parent = nullptr);
    ~StateChip() override;

    QString text() const;  ///< what it says, without the shape

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
