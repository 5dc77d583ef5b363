#include "ui/shell/issues.h"

#include "core/service/draftservice.h"
#include "core/template/templatefile.h"
#include "ui/document/templatedocument.h"

#include <algorithm>

namespace Galley {

namespace {

constexpr int delayMs = 150;

/// The token or slot that \a path ("/tokens/2/box", "/slots/headline") is about.
void locate(Issue &issue, const QString &path, const Template &value)
{
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    if (parts.size() < 2)
        return;
    if (parts.at(0) == QLatin1String("tokens")) {
        bool good = false;
        const int index = parts.at(1).toInt(&good);
        if (good && index >= 0 && index < value.tokens.size())
            issue.tokenId = value.tokens.at(index).id;
    } else if (parts.at(0) == QLatin1String("slots")) {
        bool good = false;
        const int index = parts.at(1).toInt(&good);
        issue.slot = good && index < value.slotList.size() ? value.slotList.at(index).name : parts.at(1);
    }
}

} // namespace

IssueCollector::IssueCollector(TemplateDocument *document, DraftService *draft, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_draft(draft)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &IssueCollector::collect);
    const auto later = [this] {
        if (!m_timer.isActive())
            m_timer.start();
    };
    connect(document, &TemplateDocument::changed, this, later);
    connect(document, &TemplateDocument::rowsChanged, this, later);
    connect(document, &TemplateDocument::currentRowChanged, this, later);
    connect(draft, &DraftService::sceneChanged, this, later);
    connect(draft, &DraftService::stateChanged, this, later);
    connect(draft, &DraftService::problemsChanged, this, later);
}

int IssueCollector::count(Severity severity) const
{
    return int(std::count_if(m_issues.begin(), m_issues.end(),
                             [severity](const Issue &issue) { return issue.severity == severity; }));
}

void IssueCollector::setTrouble(const QString &source, const QString &sentence)
{
    m_troubles.removeIf([&source](const auto &trouble) { return trouble.first == source; });
    if (!sentence.isEmpty())
        m_troubles.append({source, sentence});
    collect();
}

void IssueCollector::collect()
{
    QList<Issue> list;
    for (const auto &[source, sentence] : std::as_const(m_troubles)) {
        Issue issue;
        issue.severity = Severity::Error;
        issue.code = source;
        issue.message = sentence;
        list << issue;
    }
    addTemplateIssues(list);
    addDraftIssues(list);
    addRowIssues(list);
    std::stable_sort(list.begin(), list.end(), [](const Issue &a, const Issue &b) { return a.severity < b.severity; });
    if (list == m_issues)
        return;
    m_issues = list;
    Q_EMIT changed();
}

void IssueCollector::addTemplateIssues(QList<Issue> &list) const
{
    for (const Finding &finding : checkTemplate(m_document->value(), m_document->displayName())) {
        Issue issue;
        issue.severity = finding.severity;
        issue.code = finding.code;
        issue.message = finding.message;
        issue.fix = finding.fix;
        locate(issue, finding.path, m_document->value());
        list << issue;
    }
}

void IssueCollector::addRowIssues(QList<Issue> &list) const
{
    const QList<Finding> &findings = m_document->rows().findings;
    for (const Finding &finding : findings.first(std::min<qsizetype>(findings.size(), mostRowIssues))) {
        Issue issue;
        issue.severity = finding.severity;
        issue.code = finding.code;
        issue.message = finding.message;
        issue.fix = finding.fix;
        if (m_document->value().findSlot(finding.path))
            issue.slot = finding.path;
        list << issue;
    }
    if (findings.size() > mostRowIssues) {
        Issue more;
        more.severity = Severity::Info;
        more.code = QStringLiteral("more_rows");
        more.message = tr("%n more problems in the rows are not listed.", nullptr, int(findings.size() - mostRowIssues));
        list << more;
    }
}

void IssueCollector::addDraftIssues(QList<Issue> &list) const
{
    if (const QString problem = m_draft->problem(); !problem.isEmpty()) {
        const bool known = std::any_of(list.begin(), list.end(), [&problem](const Issue &issue) { return issue.message == problem; });
        Issue issue;
        issue.severity = Severity::Error;
        issue.code = QStringLiteral("draft");
        issue.message = problem;
        if (!known)
            list << issue;
    }
    for (const SceneProblem &problem : m_draft->draft().problems) {
        Issue issue;
        issue.code = problem.code;
        issue.message = problem.message;
        issue.tokenId = problem.tokenId;
        list << issue;
    }
}

} // namespace Galley
