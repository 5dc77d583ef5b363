#pragma once

#include <QWidget>

class QListWidget;
class QStackedLayout;

namespace Galley {

struct Issue;
class EmptyState;
class IssueCollector;
class SectionHeader;

/// The list of IssueCollector. Enter or a double click goes to the cause.
class IssuesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit IssuesPanel(IssueCollector *collector, QWidget *parent = nullptr);

    /// A glyph button in the header, such as "Close".
    void addHeaderAction(QAction *action);

Q_SIGNALS:
    void jumpRequested(const Galley::Issue &issue);

private:
    void fill();
    void jump();

    IssueCollector *m_collector;
    SectionHeader *m_header;
    QListWidget *m_list;
    EmptyState *m_empty;
};

} // namespace Galley
