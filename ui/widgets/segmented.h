#pragma once

#include <QFrame>
#include <QStringList>

class QButtonGroup;
class QToolButton;

namespace Galley {

/// One of a few words, all visible: Auto | Generated | Clip art. Arrow keys move, as in a group of radio buttons.
class Segmented : public QFrame
{
    Q_OBJECT

public:
    /// \a name is what a screen reader says for the group.
    explicit Segmented(const QString &name, QWidget *parent = nullptr);

    /// Returns the index of the new segment.
    int addSegment(const QString &text, const QString &icon = {}, const QString &help = {});
    int count() const;
    int currentIndex() const;
    void setCurrentIndex(int index);  ///< silent; -1: none (several values differ)
    void setSegmentEnabled(int index, bool enabled, const QString &why = {});
    QToolButton *button(int index) const;

Q_SIGNALS:
    void chosen(int index);  ///< by a person only

private:
    QButtonGroup *m_group;
};

} // namespace Galley
