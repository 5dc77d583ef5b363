#include "core/engines/remote/openai/openaianswer.h"

namespace Galley {

namespace {

Json *member(Json &json, const char *name)
{
    if (!json.is_object())
        return nullptr;
    const auto found = json.find(name);
    return found == json.end() || found->is_null() ? nullptr : &*found;
}

std::optional<double> number(const Json &json, const char *name)
{
    if (!json.is_object())
        return std::nullopt;
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number())
        return std::nullopt;
    const double value = found->get<double>();
    return value >= 0 && value < 1e12 ? std::optional(value) : std::nullopt;
}

std::optional<double> costOf(const Json &usage, const Json &prices)
{
    const auto textPrice = number(prices, "text_in");
    const auto imagePrice = number(prices, "image_in");
    const auto outPrice = number(prices, "image_out");
    const auto in = number(usage, "input_tokens");
    const auto out = number(usage, "output_tokens");
    if (!textPrice || !imagePrice || !outPrice || !in || !out)
        return std::nullopt;
    const Json details = usage.value("input_tokens_details", Json::object());
    const double images = number(details, "image_tokens").value_or(0);
    const double text = number(details, "text_tokens").value_or(*in - images);
    return (text * *textPrice + images * *imagePrice + *out * *outPrice) / 1e6;
}

/// Takes the picture out of \a item, a member of data or a completed event.
void readItem(Json &item, OpenAiAnswer &out)
{
    const QString revised = item.is_object() ? toQString(item.value("revised_prompt", Json())) : QString();
    if (!revised.isEmpty())
        out.revised.append(revised);
    if (Json *base64 = member(item, "b64_json"); base64 && base64->is_string() && !base64->get_ref<std::string &>().empty()) {
        std::string &text = base64->get_ref<std::string &>();
        out.base64.append(QByteArray(text.data(), qsizetype(text.size())));
        item.erase("b64_json");
    } else if (Json *url = member(item, "url"); url && url->is_string()) {
        out.urls.append(QUrl(toQString(*url)));
        // Result links may carry a signature and are dead soon: they are not kept.
        item.erase("url");
    }
}

} // namespace

OpenAiAnswer readOpenAiAnswer(Json &answer, const Json &prices)
{
    OpenAiAnswer out;
    if (Json *data = member(answer, "data"); data && data->is_array()) {
        for (Json &item : *data)
            readItem(item, out);
    } else {
        readItem(answer, out);
    }
    if (const Json *model = member(answer, "model"))
        out.model = toQString(*model);
    if (const Json *seed = member(answer, "seed"); seed && seed->is_number_integer())
        out.seed = seed->get<qint64>();
    if (const Json *usage = member(answer, "usage"))
        out.costUsd = costOf(*usage, prices);
    return out;
}

} // namespace Galley
