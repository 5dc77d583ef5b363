#pragma once

#include "core/base/json.h"
#include "core/prompt/promptcompiler.h"

#include <QDate>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Galley {

/// What a render is for in terms of care and cost.
enum class Fidelity { Draft, Mid, Final };

QString fidelityName(Fidelity fidelity);  ///< "draft", "mid", "final"
std::optional<Fidelity> fidelityFromName(const QString &name);

/// What one picture costs in US dollars. Empty when the entry says nothing about it: what that means, costOf() tells.
struct Price
{
    enum class Per { Image, Megapixel, Table };

    Per per = Per::Image;
    double usd = 0;
    QMap<QString, double> table = {};  ///< Table: "1024x1024/high" → usd
    bool saysFree = false;  ///< the entry says {usd: 0}: this model costs nothing, though others of its backend may

    bool isEmpty() const { return usd <= 0 && table.isEmpty(); }
    /// For \a count pictures of \a size at \a quality (may be empty). A table without the entry gives its highest price: never too little.
    double estimate(const QSize &size, const QString &quality, int count = 1) const;

    bool operator==(const Price &) const = default;
};

/// One model of models.yaml. Ids are data, never an enum.
struct ModelEntry
{
    QString id;
    QString label;       ///< for people; the id when the file gives none
    QString backend;
    QString upstream;    ///< the service's own name of it
    Fidelity tier = Fidelity::Final;
    Dialect dialect = Dialect::Prose;
    Price price;
    SizeRules sizes;
    QStringList supports;  ///< of: seed negative image mask count stream json steps guidance weights
    int maxInFlight = 0;   ///< 0: not known
    int defaultSteps = 0;  ///< 0: the service's own
    QString licence;
    QDate shutdown;        ///< invalid: none announced
    QString replacement;
    QString note;
    Json options = Json::object();  ///< sent as they are: {"rendering_speed": "turbo"}
    QString file;          ///< where it was written, for messages; empty for shipped ones
    int line = 0;

    bool can(const char *feature) const { return supports.contains(QLatin1String(feature)); }
    bool isRetired(const QDate &today) const { return shutdown.isValid() && shutdown <= today; }

    bool operator==(const ModelEntry &) const = default;
};

/// One service or server of models.yaml.
struct BackendEntry
{
    QString id;       ///< "ideogram", "studio"
    QString label;    ///< for people; may be empty: title()
    QString kind;     ///< "local", "openai", "ideogram", "stability", "gemini", "bfl", "comfyui", "a1111", "custom"
    QString dialect;  ///< of kind openai: "openai", "vllm-omni", "sglang", "localai", …
    QUrl url;         ///< base
    QString key;      ///< the name of the key in the keychain; empty: none is needed
    bool free = false;       ///< a render costs nothing: an ambiguous one may repeat
    bool userNamed = false;  ///< the user wrote the address: plain http is allowed
    Json options = Json::object();  ///< kind's own: custom's request and answer, comfyui's workflow …
    QString file;
    int line = 0;

    /// For people, in their language where the label is one that comes with Galley.
    QString title() const;

    bool operator==(const BackendEntry &) const = default;
};

/// Whether a picture is paid for, and whether anybody has said how much.
enum class Cost {
    Free,     ///< the backend is free (said in models.yaml, or a server of one's own without prices), on this machine, or the price is {usd: 0}
    Priced,
    Unknown   ///< paid, without a price in models.yaml: never called free; it counts as 0 in a budget, and people are told so
};
Cost costOf(const ModelEntry &model, const BackendEntry &backend);

} // namespace Galley
