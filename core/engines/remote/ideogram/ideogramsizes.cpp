#include "core/engines/remote/ideogram/ideogramsizes.h"

#include "core/engines/remote/wire.h"

namespace Galley {

namespace {

// image-apis.md §2.6.
const QList<QSize> legacySizes{
    {512, 1536}, {576, 1408}, {576, 1472}, {576, 1536}, {640, 1024}, {640, 1344}, {640, 1408}, {640, 1472}, {640, 1536},
    {704, 1152}, {704, 1216}, {704, 1280}, {704, 1344}, {704, 1408}, {704, 1472}, {720, 1280}, {736, 1312}, {768, 1024},
    {768, 1088}, {768, 1152}, {768, 1216}, {768, 1232}, {768, 1280}, {768, 1344}, {832, 960}, {832, 1024}, {832, 1088},
    {832, 1152}, {832, 1216}, {832, 1248}, {864, 1152}, {896, 960}, {896, 1024}, {896, 1088}, {896, 1120}, {896, 1152},
    {960, 832}, {960, 896}, {960, 1024}, {960, 1088}, {1024, 640}, {1024, 768}, {1024, 832}, {1024, 896}, {1024, 960},
    {1024, 1024}, {1088, 768}, {1088, 832}, {1088, 896}, {1088, 960}, {1120, 896}, {1152, 704}, {1152, 768}, {1152, 832},
    {1152, 864}, {1152, 896}, {1216, 704}, {1216, 768}, {1216, 832}, {1232, 768}, {1248, 832}, {1280, 704}, {1280, 720},
    {1280, 768}, {1280, 800}, {1312, 736}, {1344, 640}, {1344, 704}, {1344, 768}, {1408, 576}, {1408, 640}, {1408, 704},
    {1472, 576}, {1472, 640}, {1472, 704}, {1536, 512}, {1536, 576}, {1536, 640},
};

const QList<QSize> thirdSizes{
    {512, 1536}, {576, 1408}, {576, 1472}, {576, 1536}, {640, 1344}, {640, 1408}, {640, 1472}, {640, 1536}, {704, 1152},
    {704, 1216}, {704, 1280}, {704, 1344}, {704, 1408}, {704, 1472}, {736, 1312}, {768, 1088}, {768, 1216}, {768, 1280},
    {768, 1344}, {832, 960}, {832, 1024}, {832, 1088}, {832, 1152}, {832, 1216}, {832, 1248}, {864, 1152}, {896, 960},
    {896, 1024}, {896, 1088}, {896, 1120}, {896, 1152}, {960, 832}, {960, 896}, {960, 1024}, {960, 1088}, {1024, 832},
    {1024, 896}, {1024, 960}, {1024, 1024}, {1088, 768}, {1088, 832}, {1088, 896}, {1088, 960}, {1120, 896}, {1152, 704},
    {1152, 832}, {1152, 864}, {1152, 896}, {1216, 704}, {1216, 768}, {1216, 832}, {1248, 832}, {1280, 704}, {1280, 768},
    {1280, 800}, {1312, 736}, {1344, 640}, {1344, 704}, {1344, 768}, {1408, 576}, {1408, 640}, {1408, 704}, {1472, 576},
    {1472, 640}, {1472, 704}, {1536, 512}, {1536, 576}, {1536, 640}, {800, 1280},
};

// The ones of 38 that the documentation of Ideogram 4 lists first: one for each usual ratio, all of about 4 megapixels.
const QList<QSize> fourthSizes{
    {2048, 2048}, {1440, 2880}, {2880, 1440}, {1664, 2496}, {2496, 1664}, {1792, 2240}, {2240, 1792}, {1440, 2560},
    {2560, 1440}, {1600, 2560}, {2560, 1600}, {1728, 2304}, {2304, 1728},
};

const QStringList ratios{
    QStringLiteral("1x3"),   QStringLiteral("3x1"),   QStringLiteral("1x2"), QStringLiteral("2x1"), QStringLiteral("9x16"),
    QStringLiteral("16x9"),  QStringLiteral("10x16"), QStringLiteral("16x10"), QStringLiteral("2x3"), QStringLiteral("3x2"),
    QStringLiteral("3x4"),   QStringLiteral("4x3"),   QStringLiteral("4x5"), QStringLiteral("5x4"), QStringLiteral("1x1")};

const QStringList legacyRatios{
    QStringLiteral("10x16"), QStringLiteral("16x10"), QStringLiteral("9x16"), QStringLiteral("16x9"), QStringLiteral("3x2"), QStringLiteral("2x3"),
    QStringLiteral("4x3"),   QStringLiteral("3x4"),   QStringLiteral("1x1"),  QStringLiteral("1x3"),  QStringLiteral("3x1")};

bool isFullSecond(const QString &model)
{
    return model == QLatin1String("V_2") || model == QLatin1String("V_2_TURBO");
}

/// What was asked for as the nearest ratio that is known; the request's own may be one that this format has not.
QString knownRatio(const EngineRequest &request, const QStringList &known)
{
    const QString asked = ratioOf(request, known);
    return asked.isEmpty() || known.contains(asked) ? asked : nearestRatio(sizeOfRatio(asked), known);
}

} // namespace

void addLegacySize(Json &body, const EngineRequest &request)
{
    if (isFullSecond(request.upstream) && request.ratio.isEmpty() && legacySizes.contains(request.size)) {
        body["resolution"] = QStringLiteral("RESOLUTION_%1_%2").arg(request.size.width()).arg(request.size.height()).toStdString();
        return;
    }
    if (const QString ratio = knownRatio(request, legacyRatios); !ratio.isEmpty())
        body["aspect_ratio"] = QString(QStringLiteral("ASPECT_") + QString(ratio).replace(QLatin1Char('x'), QLatin1Char('_'))).toStdString();
}

void addRatio(Json &body, const EngineRequest &request)
{
    if (const QString ratio = knownRatio(request, ratios); !ratio.isEmpty())
        body["aspect_ratio"] = ratio.toStdString();
}

void addThirdSize(Json &body, const EngineRequest &request)
{
    if (request.ratio.isEmpty() && thirdSizes.contains(request.size))
        body["resolution"] = pixelsText(request.size).toStdString();
    else
        addRatio(body, request);
}

void addFourthSize(Json &body, const EngineRequest &request, const char *member)
{
    QSize size = request.size;
    if (!request.ratio.isEmpty()) {
        SizeRules rules;
        rules.list = fourthSizes;
        size = frameFor(sizeOfRatio(request.ratio), rules).picture;
    }
    if (!size.isEmpty())
        body[member] = pixelsText(size).toStdString();
}

} // namespace Galley
