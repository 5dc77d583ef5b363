#include "core/engines/remote/redaction.h"

#include <QUrl>

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
    for (const QByteArray &form : {bytes, bytes.toBase64(), bytes.toPercentEncoding()}) {
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

void Redaction::clean(Json &json) const
{
    if (json.is_structured()) {
        for (Json &value : json)
            clean(value);
    } else if (json.is_string()) {
        auto &text = json.get_ref<std::string &>();
        if (text.size() > longestWords) {
            json = QStringLiteral("(%1 characters)").arg(qsizetype(text.size())).toStdString();
            return;
        }
        for (const QString &form : m_forms) {
            if (text.find(form.toStdString()) != std::string::npos) {
                json = toQString(json).replace(form, QStringLiteral("[key]")).toStdString();
                break;
            }
        }
    }
}

} // namespace Galley
