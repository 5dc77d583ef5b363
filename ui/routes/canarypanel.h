#pragma once

#include "core/service/routingservice.h"
#include "ui/queue/modelnames.h"

#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace Galley {

class CanaryCard;

/// A card for each canary of the rules, or what to write to start one.
class CanaryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CanaryPanel(QWidget *parent = nullptr);

    void setCanaries(const QList<CanaryStatus> &canaries, const ModelNames &names);
    QList<CanaryCard *> cards() const { return m_cards; }

Q_SIGNALS:
    void promoteWanted(const Galley::CanaryStatus &status);
    void holdWanted(const QString &rule, bool held);
    void rollBackWanted(const Galley::CanaryStatus &status);
    void restartWanted(const QString &rule);

private:
    QStackedWidget *m_stack;
    QVBoxLayout *m_list;
    QList<CanaryCard *> m_cards;
};

} // namespace Galley
