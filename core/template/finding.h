#pragma once

#include <QList>
#include <QString>

namespace Galley {

enum class Severity { Error, Warning, Info };

/// One thing that is wrong with a file or a document: where, what, and what to do about it.
struct Finding
{
    QString file;
    int line = 0;   ///< from 1; 0 when no line applies
    QString path;   ///< JSON pointer or column name, such as "/tokens/2/box"
    Severity severity = Severity::Error;
    QString code;   ///< stable word, such as "unknown_slot"
    QString message;
    QString fix;    ///< what to do; may be empty when the message says it
    int column = 0; ///< from 1; 0 when it is not known

    bool operator==(const Finding &) const = default;
};

QString severityName(Severity severity);  ///< "error", "warning", "info"

} // namespace Galley
