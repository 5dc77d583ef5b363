#include "ui/widgets/panelfocus.h"

#include <QApplication>

namespace Galley {

namespace {

bool takeFocus(QWidget *panel)
{
    if (panel->focusPolicy() != Qt::NoFocus) {
        panel->setFocus(Qt::TabFocusReason);
        return true;
    }
    // What a panel got later stands at the end of the chain, behind what is not its own.
    for (QWidget *child = panel->nextInFocusChain(); child != panel; child = child->nextInFocusChain()) {
        if (panel->isAncestorOf(child) && child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus)) {
            child->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return false;
}

} // namespace

void focusNextPanel(const QList<QPointer<QWidget>> &panels, bool forward)
{
    const QWidget *focus = QApplication::focusWidget();
    const qsizetype count = panels.size();
    qsizetype at = -1;
    for (qsizetype i = 0; i < count; ++i) {
        if (panels.at(i) && (panels.at(i) == focus || panels.at(i)->isAncestorOf(focus)))
            at = i;
    }
    for (qsizetype step = 1; step <= count; ++step) {
        QWidget *panel = panels.at((at + (forward ? step : count - step) + count) % count);
        if (panel && panel->isVisible() && takeFocus(panel))
            return;
    }
}

} // namespace Galley
