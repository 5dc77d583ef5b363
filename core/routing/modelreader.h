#pragma once

#include "core/base/yaml.h"
#include "core/render/modelentry.h"
#include "core/template/finding.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Galley {

/// Collects what is wrong with one file, at its lines. Does not own the list.
class FindingSink
{
public:
    FindingSink(QString file, QList<Finding> *findings)
        : m_file(std::move(file))
        , m_findings(findings)
    {}

    void report(int line, const QString &path, const char *code, const QString &message, const QString &fix = {},
                Severity severity = Severity::Error, int column = 0);
    /// Warns of the key of \a member, which is none of \a known.
    void unknownKey(const YamlNode &member, const QString &path, const QString &owner, const QStringList &known);

private:
    QString m_file;
    QList<Finding> *m_findings;
};

/// Lays the keys of \a node over \a model (over \a backend): a wrong value is a finding and leaves what was there, an unknown key is a warning.
/// \a path is the entry's own, such as "/models/ideogram-4".
void readModelEntry(const YamlNode &node, const QString &path, FindingSink &sink, ModelEntry &model);
void readBackendEntry(const YamlNode &node, const QString &path, FindingSink &sink, BackendEntry &backend);

/// Whether \a name can be the id of a model or backend, an alias or the name of a key: letters, digits, ".", "-" and "_", at most 64.
bool isEntryId(const QString &name);

/// "Did you mean "ideogram"?", or else which words there are.
QString didYouMean(const QString &word, const QStringList &known);

} // namespace Galley
