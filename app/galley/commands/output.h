#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

namespace Galley {

/// What commands write: answers to standard output, sentences to standard error. With --json exactly one object goes to standard output.
class Output
{
public:
    explicit Output(bool json)
        : m_json(json)
    {}

    bool isJson() const { return m_json; }

    /// Text for people; nothing with --json.
    void print(const QString &text) const;
    /// The one object; nothing without --json.
    void printJson(const Json &json) const;
    /// A sentence on standard error.
    void say(const QString &sentence) const;

    /// Tells \a error both ways and returns its exit status.
    int fail(const Error &error) const;

    static Json errorObject(const Error &error);

private:
    bool m_json;
};

} // namespace Galley
