#pragma once

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/secret.h"
#include "core/net/httpclient.h"

#include <QStringList>

namespace Galley {

/// Takes a key out of what a service said. Servers repeat keys in their messages ("Incorrect API key provided: …"), and those messages end up in
/// the log, the library and on screen. Also finds the key in base64, as Basic authentication sends it. A plain value.
class Redaction
{
public:
    explicit Redaction(const Secret &key);

    void clean(QString &text) const;
    void clean(QStringList &texts) const;
    void clean(Error &error) const;
    void clean(QByteArray &text) const;
    /// The body and the headers, before anybody shortens what stands there: half a key at the end of a sentence would not be recognised.
    void clean(HttpReply &reply) const;
    /// Member names as well. Also replaces strings that are too long to be words, pictures in base64 mostly, by their length.
    void clean(Json &json) const;

private:
    bool holds(const std::string &text) const;

    QStringList m_forms;
};

} // namespace Galley
