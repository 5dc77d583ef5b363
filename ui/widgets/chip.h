#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace Galley {

/// A short word with a shape on a rounded, panel-coloured ground: a state, a source, a tag. Colour only repeats what the word and
/// the icon say.
class Chip : public QWidget
{
    Q_OBJECT

public:
    explicit Chip(const QString &text = {}, QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    /// A name of themedIcon(), or empty.
    void setIcon(const QString &name);
    /// Of icon and border: Secondary (the default), Current, Stale, Rendering, Danger, Accent.
    void setTone(ThemeColor tone);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_icon;
    ThemeColor m_tone = ThemeColor::Secondary;
};

} // namespace Galley
