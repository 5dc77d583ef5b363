#pragma once

#include "core/template/finding.h"

#include <QList>
#include <QObject>
#include <QTimer>

namespace Galley {

class DraftService;
class TemplateDocument;

/// One entry of the Issues panel: a sentence, what to do, and where the cause lies.
struct Issue
{
    Severity severity = Severity::Warning;
    QString code;
    QString message;
    QString fix;
    QString tokenId;  ///< the cause: a token …
    QString slot;     ///< … or a slot …
    int row = 0;      ///< … or a row

    bool operator==(const Issue &) const = default;
};

/// Everything that is wrong now: with the template, its rows, the draft, and in the background (the worker, backups).
/// Gathered a moment after each change, off no thread: cheap. GUI thread; owns nothing.
class IssueCollector : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostRowIssues = 100;

    IssueCollector(TemplateDocument *document, DraftService *draft, QObject *parent = nullptr);

    const QList<Issue> &issues() const { return m_issues; }
    int count(Severity severity) const;
    /// Trouble in the background, kept under \a source until it is replaced; an empty sentence ends it.
    void setTrouble(const QString &source, const QString &sentence);
    void collect();

Q_SIGNALS:
    void changed();

private:
    void addTemplateIssues(QList<Issue> &list) const;
    void addRowIssues(QList<Issue> &list) const;
    void addDraftIssues(QList<Issue> &list) const;

    TemplateDocument *m_document;
    DraftService *m_draft;
    QList<Issue> m_issues;
    QList<std::pair<QString, QString>> m_troubles;
    QTimer m_timer;
};

} // namespace Galley
