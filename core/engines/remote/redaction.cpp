#include "core/engines/remote/redaction.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

constexpr qsizetype shortestKey = 6;  ///< replacing shorter ones would spoil words and hide nothing
constexpr std::size_t longestWords = 4096;

} // namespace

Redaction::Redaction(const Secret &key)
{
    const QByteArray bytes = key.reveal();
    if (bytes.size() < shortestKey)
        return;
    for (const QByteArray &form : {bytes, bytes.toBase64(), bytes.toPercentEncoding(), QByteArray(bytes).replace("/", "\\/")}) {
        if (const QString text = QString::fromUtf8(form); !m_forms.contains(text))
            m_forms.append(text);
    }
}

void Redaction::clean(QString &text) const
{
    for (const QString &form : m_forms)
        text.replace(form, QStringLiteral("[key]"));
}

void Redaction::clean(QStringList &texts) const
{
    for (QString &text : texts)
        clean(text);
}

void Redaction::clean(Error &error) const
{
    clean(error.message);
    clean(error.detail);
    clean(error.serviceCode);
}

void Redaction::clean(QByteArray &text) const
{
    for (const QString &form : m_forms)
        text.replace(form.toUtf8(), "[key]");
}

void Redaction::clean(HttpReply &reply) const
{
    clean(reply.body);
    for (HttpHeader &header : reply.headers)
        clean(header.value);
}

bool Redaction::holds(const std::string &text) const
{
    return std::any_of(m_forms.begin(), m_forms.end(), [&](const QString &form) { return text.find(form.toStdString()) != std::string::npos; });
}

void Redaction::clean(Json &json) const
{
    const auto cleaned = [this](const std::string &text) {
        QString words = QString::fromStdString(text);
        clean(words);
        return words.toStdString();
    };
    if (json.is_object() && !m_forms.isEmpty()) {
        Json renamed = Json::object();
        for (auto &[name, value] : json.items())
            renamed[holds(name) ? cleaned(name) : name] = std::move(value);
        json = std::move(renamed);
    }
    if (json.is_structured()) {
        for (Json &value : json)
            clean(value);
    } else if (json.is_string()) {
        const auto &text = json.get_ref<const std::string &>();
        if (text.size() > longestWords)
            json = QStringLiteral("(%1 characters)").arg(qsizetype(text.size())).toStdString();
        else if (holds(text))
            json = cleaned(text);
    }
}

} // namespace Galley
