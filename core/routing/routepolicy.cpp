#include "core/routing/routepolicy.h"

#include "core/base/digest.h"
#include "core/routing/routereader.h"
#include "core/routing/rulematcher.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

QList<RouteRule> withoutPlaces(QList<RouteRule> rules)
{
    for (RouteRule &rule : rules) {
        rule.line = 0;
        for (RouteShare &share : rule.split)
            share.line = share.column = 0;
    }
    return rules;
}

} // namespace

bool RoutePolicy::isSamePolicy(const RoutePolicy &other) const
{
    return withoutPlaces(rules) == withoutPlaces(other.rules) && defaults == other.defaults;
}

bool RoutePolicy::hasErrors() const
{
    return std::any_of(findings.cbegin(), findings.cend(), [](const Finding &finding) { return finding.severity == Severity::Error; });
}

RoutePolicy readRoutePolicy(const QByteArray &text, const ModelCatalogue &catalogue, const QString &file)
{
    RoutePolicy policy;
    policy.file = file;
    policy.digest = sha256Hex(text);
    FindingSink sink(file, &policy.findings);
    const auto root = parseYaml(text);
    if (!root) {
        const YamlProblem &problem = root.error();
        sink.report(problem.line, {}, problem.code == ErrorCode::TooLarge ? "too_large" : "not_yaml", problem.sentence, {}, Severity::Error, problem.column);
        return policy;
    }
    if (root->isNull())
        return policy;
    if (!root->isMap()) {
        sink.report(root->line, {}, "wrong_type", tr("The file must begin with routes: or default:."), {}, Severity::Error, root->column);
        return policy;
    }
    readRules(*root, catalogue, sink, policy);
    warnOfUnreachable(policy.rules, sink);
    if (auto matcher = RuleMatcher::make(policy.rules))
        policy.matcher = *matcher;
    else
        sink.report(0, {}, "wrong_pattern", matcher.error().message);
    return policy;
}

} // namespace Galley
