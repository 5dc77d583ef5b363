#include "core/render/modelentry.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

QString fidelityName(Fidelity fidelity)
{
    switch (fidelity) {
    case Fidelity::Draft: return QStringLiteral("draft");
    case Fidelity::Mid: return QStringLiteral("mid");
    case Fidelity::Final: return QStringLiteral("final");
    }
    return {};
}

std::optional<Fidelity> fidelityFromName(const QString &name)
{
    for (const Fidelity fidelity : {Fidelity::Draft, Fidelity::Mid, Fidelity::Final}) {
        if (name == fidelityName(fidelity))
            return fidelity;
    }
    return std::nullopt;
}

QString BackendEntry::title() const
{
    // Labels of the shipped models.yaml that are no names. Translating what nobody has translated gives the label back.
    [[maybe_unused]] static constexpr const char *shipped[] = {
        QT_TRANSLATE_NOOP("Galley::BackendEntry", "This machine"),
        QT_TRANSLATE_NOOP("Galley::BackendEntry", "ComfyUI on this machine"),
        QT_TRANSLATE_NOOP("Galley::BackendEntry", "Stable Diffusion web UI on this machine"),
    };
    return label.isEmpty() ? id : QCoreApplication::translate("Galley::BackendEntry", label.toUtf8().constData());
}

Cost costOf(const ModelEntry &model, const BackendEntry &backend)
{
    if (backend.free || backend.kind == QLatin1String("local") || model.price.saysFree)
        return Cost::Free;
    return model.price.isEmpty() ? Cost::Unknown : Cost::Priced;
}

double Price::estimate(const QSize &size, const QString &quality, int count) const
{
    switch (per) {
    case Per::Image: return usd * count;
    case Per::Megapixel: return usd * (double(size.width()) * size.height() / 1e6) * count;
    case Per::Table: break;
    }
    if (table.isEmpty())
        return 0;
    const QString pixels = QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
    for (const QString &key : {QString(pixels + QLatin1Char('/') + quality), pixels, quality}) {
        if (const auto found = table.constFind(key); found != table.constEnd())
            return *found * count;
    }
    return *std::max_element(table.cbegin(), table.cend()) * count;
}

} // namespace Galley
