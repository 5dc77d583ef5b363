#pragma once

#include "core/net/httpclient.h"
#include "core/render/modelentry.h"
#include "core/render/renderengine.h"

namespace Galley {

/// How a service of our own making is asked and read, as a backend's options in models.yaml say it:
///
///   request:
///     method: POST                   # or GET, PUT; POST when there is a body, else GET
///     path: api/v1/generate          # below the url, may hold a query; placeholders are percent-encoded
///     headers: {X-Team: design}
///     key_header: X-Api-Key          # Authorization unless said
///     key_prefix: "Token "           # "Bearer " with Authorization, else nothing
///     body: {text: "{prompt}", w: "{width}", seed: "{seed}"}
///   answer:
///     picture: body                  # the answer is the picture; or a JSON pointer to base64, a data URL, a link, or a list of them
///     seed: /seed                    # JSON pointers, all optional
///     model: /model
///     cost_usd: /cost
///     error: /error/message
///   test: health                     # a path that answers GET when all is well; the address itself when absent
///
/// Placeholders: {prompt} {negative} {width} {height} {ratio} {seed} {steps} {guidance} {strength} {count} {model} {image} {mask}; {{ and }} are the
/// characters. A string that is one placeholder alone becomes its value with its type, or is left out of its object when there is none (no seed
/// wanted, no start picture); inside other words it becomes text. Options of the model become members of the body, as they are.
/// A plain value.
struct CustomSpec
{
    QByteArray method;
    QString path;
    QList<HttpHeader> headers;
    QByteArray keyHeader;
    QByteArray keyPrefix;
    Json body;             ///< null: none
    QString picture;       ///< "body" or a JSON pointer
    QString seed;
    QString model;
    QString costUsd;
    QString error;
    QString test;
    QStringList said;      ///< placeholders somewhere in path or body

    bool says(const char *placeholder) const { return said.contains(QLatin1String(placeholder)); }
    /// Of ServiceKind::features what the description carries. Prompts as JSON are for the model to read.
    QStringList features() const;
};

/// Reads and checks the options of \a backend; the sentence names the place and what would be right.
Result<CustomSpec> readCustomSpec(const BackendEntry &backend);

/// \a spec's path and body for \a request.
struct CustomRequest
{
    QString path;
    Json body;
};
CustomRequest fillCustomSpec(const CustomSpec &spec, const EngineRequest &request);

} // namespace Galley
