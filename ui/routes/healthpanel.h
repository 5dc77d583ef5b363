#pragma once

#include "core/service/routingservice.h"
#include "ui/queue/modelnames.h"

#include <QTimer>
#include <QWidget>

class QListWidget;
class QPushButton;
class QStackedWidget;

namespace Galley {

/// Models and whether they may be asked: those out of routing first, with the reason and the time left, and the button that takes one out or back in.
class HealthPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HealthPanel(RoutingService *routing, QWidget *parent = nullptr);

    /// \a models: those of the rules, which can be held whether anything is known of them or not.
    void setModels(const QStringList &models, const ModelNames &names);
    QListWidget *list() const { return m_list; }
    QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void holdWanted(const QString &model, bool held);

private:
    void fill();
    void showButton();
    HealthStatus current() const;

    RoutingService *m_routing;
    QStringList m_models;
    ModelNames m_names;
    QList<HealthStatus> m_shown;
    QListWidget *m_list;
    QPushButton *m_button;
    QStackedWidget *m_stack;
    QTimer m_clock;  ///< while something cools down
};

} // namespace Galley
