#pragma once

#include "core/render/renderengine.h"

#include <QUrl>

namespace Galley {

/// What an answer of the OpenAI Images format says, whoever sent it. Pictures are taken out of the JSON, which is left for the library.
struct OpenAiAnswer
{
    QList<QByteArray> base64;  ///< of data[i].b64_json; data: prefixes stay
    QList<QUrl> urls;          ///< of data[i].url where there is no base64; may be relative
    QStringList revised;       ///< rewritten prompts
    QString model;             ///< the served model, where it is said
    std::optional<qint64> seed;
    std::optional<double> costUsd;  ///< from usage and \a prices
};

/// Reads \a answer, which is a whole answer or the completed event of a stream, and takes the pictures out of it. \a prices: the model's option
/// "usd_per_million_tokens"; no cost is made up when a price or a count is missing.
OpenAiAnswer readOpenAiAnswer(Json &answer, const Json &prices);

} // namespace Galley
