#include "core/prompt/promptcompiler.h"

#include "core/prompt/promptcontent.h"

namespace Galley {

QString dialectName(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Draft: return QStringLiteral("draft");
    case Dialect::Prose: return QStringLiteral("prose");
    case Dialect::IdeogramJson: return QStringLiteral("ideogram-json");
    case Dialect::FluxJson: return QStringLiteral("flux-json");
    }
    return {};
}

QList<Dialect> allDialects()
{
    return {Dialect::Draft, Dialect::Prose, Dialect::IdeogramJson, Dialect::FluxJson};
}

std::optional<Dialect> dialectFromName(const QString &name)
{
    for (const Dialect dialect : allDialects()) {
        if (dialectName(dialect) == name)
            return dialect;
    }
    return std::nullopt;
}

CompiledPrompt compilePrompt(const Variant &variant, Dialect dialect, const Frame &frame)
{
    switch (dialect) {
    case Dialect::Draft: return compileDraft(variant);
    case Dialect::Prose: return compileProse(variant, frame);
    case Dialect::IdeogramJson: return compileIdeogram(variant, frame);
    case Dialect::FluxJson: return compileFlux(variant, frame);
    }
    return {};
}

} // namespace Galley
