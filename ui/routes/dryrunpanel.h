#pragma once

#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/service/routingservice.h"
#include "ui/queue/modelnames.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QTreeWidget;

namespace Galley {

class FinalService;
class NoticeLine;
class RulesDraft;
class Segmented;
class TemplateDocument;

/// What the text being edited would do: this template → model, because …; and which of the last 100 requests would go elsewhere. Spends nothing and
/// asks no network. Works only while it is on screen.
class DryRunPanel : public QWidget
{
    Q_OBJECT

public:
    DryRunPanel(RoutingService *routing, const FinalService *finals, RulesDraft *draft, TemplateDocument *document, QWidget *parent = nullptr);

    void setNames(const ModelNames &names);
    QString answer() const;    ///< "Spring market → Ideogram 4"
    QString because() const;   ///< reasons and what was skipped, a line each
    QString summary() const;   ///< "12 of the last 100 requests would change model."
    QTreeWidget *list() const { return m_list; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void layOut();
    void later();
    void run();
    void showTemplate();
    void tryRequests();
    void showRequests(const Result<DryRun> &result);
    QString sentences(const RouteDecision &decision) const;

    RoutingService *m_routing;
    const FinalService *m_finals;
    RulesDraft *m_draft;
    TemplateDocument *m_document;
    ModelNames m_names;
    Segmented *m_fidelity;
    QLabel *m_answer;
    NoticeLine *m_change;
    QLabel *m_because;
    QLabel *m_summary;
    QTreeWidget *m_list;
    QTimer m_timer;
    bool m_isStale = true;    ///< something has changed since it was last shown
    bool m_isTrying = false;
    bool m_again = false;     ///< the text changed while the requests were tried
};

} // namespace Galley
