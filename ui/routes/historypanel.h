#pragma once

#include "core/service/routingservice.h"

#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace Galley {

class Segmented;

/// The revisions of the rules, newest first, with what each has changed, and the button that puts one back.
class HistoryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPanel(RoutingService *routing, QWidget *parent = nullptr);

    QTreeWidget *list() const { return m_list; }
    QPlainTextEdit *difference() const { return m_difference; }
    QPushButton *putBackButton() const { return m_putBack; }

Q_SIGNALS:
    void putBackWanted(qint64 revision, const QString &note);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void load();
    void fill(const QList<RouteRevision> &revisions);
    void showDifference();
    const RouteRevision *chosen() const;
    QString inForce() const;

    RoutingService *m_routing;
    QList<RouteRevision> m_revisions;  ///< newest first
    QTreeWidget *m_list;
    Segmented *m_against;
    QPlainTextEdit *m_difference;
    QPushButton *m_putBack;
    bool m_isStale = true;
    bool m_isLoading = false;
};

} // namespace Galley
