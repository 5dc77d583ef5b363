#include "app/galley/commands/renderplan.h"

#include "app/galley/commands/arguments.h"
#include "core/imaging/picturemetadata.h"
#include "core/template/templatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int maxSide = 16384;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

tl::unexpected<Error> usage(const QString &sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

/// A draft unless a model or a tier was asked for.
bool asksForFinal(const RenderArguments &arguments)
{
    const bool draftModel = arguments.model.empty() || arguments.model == "galley-draft";
    const bool draftTier = arguments.fidelity.empty() || arguments.fidelity == "draft";
    return !draftModel || !draftTier;
}

Result<void> checkForFinal(const RenderArguments &arguments)
{
    const auto only = [](const char *option, const char *what) {
        return usage(tr("%1 %2, and this is sent to a model elsewhere. Leave it out.").arg(QLatin1String(option), tr(what)));
    };
    if (!arguments.layers.empty())
        return only("--layers", QT_TRANSLATE_NOOP("Galley::CommandLine", "writes the layers of a draft"));
    if (!arguments.device.empty() && !arguments.sendDraft)
        return only("--device", QT_TRANSLATE_NOOP("Galley::CommandLine", "chooses where drafts are drawn"));
    if (arguments.source != "auto" && !arguments.sendDraft)
        return only("--source", QT_TRANSLATE_NOOP("Galley::CommandLine", "chooses the subjects of a draft"));
    return {};
}

/// What only models elsewhere take.
Result<void> checkForDraft(const RenderArguments &arguments)
{
    const std::pair<const char *, bool> finals[]{{"--negative", !arguments.negative.empty()}, {"--guidance", arguments.guidance.has_value()},
                                                 {"--count", arguments.count.has_value()},    {"--start", !arguments.start.empty()},
                                                 {"--send-draft", arguments.sendDraft},       {"--strength", arguments.strength.has_value()},
                                                 {"--redo", !arguments.redo.empty()},         {"--mask", !arguments.mask.empty()},
                                                 {"--anew", arguments.anew},                  {"--may-shrink", arguments.mayShrink}};
    for (const auto &[option, given] : finals) {
        if (given)
            return usage(tr("%1 is for models elsewhere; the draft model does not take it. Name a model with --model.").arg(QLatin1String(option)));
    }
    return {};
}

/// \a file as the library keeps it, checked as far as it can be without reading its pixels.
Result<QString> pictureFile(const char *option, const std::string &file)
{
    if (file.empty())
        return QString();
    const QFileInfo info(fromArgument(file));
    if (!info.isFile() || !info.isReadable())
        return usage(tr("%1 %2: there is no such picture, or it cannot be read.").arg(QLatin1String(option), fromArgument(file)));
    return info.absoluteFilePath();
}

Result<void> readStart(const RenderArguments &arguments, RenderRequest &request)
{
    const auto start = pictureFile("--start", arguments.start);
    const auto mask = pictureFile("--mask", arguments.mask);
    if (!start || !mask)
        return fail(start ? mask.error() : start.error());
    request.startFile = *start;
    request.maskFile = *mask;
    request.sendDraft = arguments.sendDraft;
    for (const std::string &token : arguments.redo)
        request.redo.append(fromArgument(token));
    if (arguments.strength && !request.hasStart())
        return usage(tr("--strength says how far to go from a start picture, and there is none. Add --start or --send-draft."));
    request.strength = arguments.strength.value_or(request.strength);
    return {};
}

Result<QSize> parseSize(const std::string &text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})[xX×](\\d{1,5})$"));
    const auto match = pattern.match(fromArgument(text));
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || size.isEmpty() || size.width() > maxSide || size.height() > maxSide)
        return usage(tr("--size %1: write it as WIDTHxHEIGHT, at most %2 a side.").arg(fromArgument(text)).arg(maxSide));
    return size;
}

Result<RenderRequest> readRequest(const RenderArguments &arguments, const RenderPlan &plan)
{
    if (const auto checked = checkForFinal(arguments); !checked)
        return fail(checked.error());
    RenderRequest request;
    request.source = plan.value;
    request.folder = plan.folder;
    request.intent = plan.value.intent;
    request.model = fromArgument(arguments.model);
    if (!arguments.fidelity.empty()) {
        const auto fidelity = fidelityFromName(fromArgument(arguments.fidelity));
        if (!fidelity)
            return usage(tr("--fidelity %1: take draft, mid or final.").arg(fromArgument(arguments.fidelity)));
        request.fidelity = *fidelity;
    }
    request.seed = arguments.seed;
    request.steps = arguments.steps;
    request.guidance = arguments.guidance;
    request.count = arguments.count.value_or(1);
    request.anew = arguments.anew;
    request.mayShrink = arguments.mayShrink;
    request.negativePrompt = fromArgument(arguments.negative);
    if (const auto start = readStart(arguments, request); !start)
        return fail(start.error());
    if (!arguments.size.empty()) {
        const auto size = parseSize(arguments.size);
        if (!size)
            return fail(size.error());
        request.size = *size;
    }
    return request;
}

Result<DraftOptions> readOptions(const RenderArguments &arguments)
{
    DraftOptions options;
    const auto source = subjectSourceFromName(fromArgument(arguments.source));
    if (!source || *source == SubjectSource::MyImage)
        return usage(tr("--source %1: take auto, generated or clip-art.").arg(fromArgument(arguments.source)));
    options.source = *source;
    if (arguments.seed)
        options.seed = *arguments.seed;
    if (options.seed < 0)
        return usage(tr("--seed %1: seeds are 0 to 2147483647.").arg(options.seed));
    if (arguments.steps)
        options.steps = *arguments.steps;
    return options;
}

/// Canvas size, or --size, which must have the shape of the canvas.
Result<QSize> readSize(const std::string &text, const QSize &canvas)
{
    if (text.empty())
        return canvas;
    const auto parsed = parseSize(text);
    if (!parsed)
        return parsed;
    const QSize size = *parsed;
    const double wanted = double(size.width()) * canvas.height() / canvas.width();
    if (std::abs(wanted - size.height()) > 1) {
        return usage(tr("--size %1 has another shape than the canvas of %2x%3; %4x%5 would fit.")
                         .arg(fromArgument(text))
                         .arg(canvas.width())
                         .arg(canvas.height())
                         .arg(size.width())
                         .arg(qRound(wanted)));
    }
    return size;
}

bool isFolder(const QString &output)
{
    return output.endsWith(QLatin1Char('/')) || QFileInfo(output).isDir();
}

/// Where \a row goes in a folder of pictures.
Result<QString> fileInFolder(const QDir &folder, const QString &stem, const Row &row, qsizetype rows)
{
    const QString wanted = row.values.value(QStringLiteral("_file"));
    if (!wanted.isEmpty()) {
        const QString name = safeFileName(wanted);
        if (name.isEmpty())
            return usage(tr("Row %1: \"%2\" in the column _file is no file name.").arg(row.number).arg(wanted));
        return folder.filePath(name);
    }
    if (row.number == 0)
        return folder.filePath(stem + QStringLiteral(".png"));
    const int digits = std::max(3, int(QString::number(rows).size()));
    return folder.filePath(QStringLiteral("%1-%2.png").arg(stem).arg(row.number, digits, 10, QLatin1Char('0')));
}

/// Everything that the command reads: none of it may be written over.
QSet<QString> inputsOf(const RenderPlan &plan, const RenderArguments &arguments)
{
    QSet<QString> files;
    const auto add = [&](const QString &folder, const QString &file) {
        const QString path = QFileInfo(QDir(folder), file).canonicalFilePath();
        if (!path.isEmpty())
            files.insert(path);
    };
    add({}, plan.templateFile);
    add({}, plan.request.startFile);
    add({}, plan.request.maskFile);
    if (!arguments.row.empty()) {
        if (const auto argument = readRowArgument(fromArgument(arguments.row)))
            add({}, argument->file);
    }
    for (const Token &token : plan.value.tokens)
        add(plan.folder, token.image);
    for (const Slot &slot : plan.value.slotList) {
        if (slot.type != SlotType::Image)
            continue;
        add(plan.folder, slot.defaultValue);
        for (const RenderTarget &target : plan.targets)
            add(target.row.folder, target.row.values.value(slot.name));
    }
    return files;
}

/// Refuses files that are inputs, and the later one of two equal names.
void checkFiles(RenderPlan &plan, const RenderArguments &arguments)
{
    const QSet<QString> inputs = inputsOf(plan, arguments);
    QSet<QString> taken;
    for (RenderTarget &target : plan.targets) {
        for (int picture = 0; picture < plan.request.count && !target.error; ++picture) {
            const QString file = numberedFile(target.file, picture);
            const QString path = QFileInfo(file).absoluteFilePath();
            if (inputs.contains(path) || inputs.contains(QFileInfo(file).canonicalFilePath()))
                target.error = Error{ErrorCode::InvalidInput, tr("%1 is one of the files that are read; choose another name.").arg(file), {}};
            else if (taken.contains(path))
                target.error = Error{ErrorCode::InvalidInput, tr("Row %1: an earlier row is called %2 too.").arg(target.row.number).arg(file), {}};
            taken.insert(path);
        }
    }
}

Result<void> planTargets(RenderPlan &plan, const RenderArguments &arguments, const QList<Row> &rows)
{
    const QString output = fromArgument(arguments.output);
    const QString layers = fromArgument(arguments.layers);
    if (output.isEmpty())
        return usage(tr("Say with -o where the picture goes: a file such as OUT.png, or a folder for all rows."));
    const bool folder = isFolder(output) || (rows.size() > 1 && QFileInfo(output).suffix().isEmpty());
    if (!folder && rows.size() > 1) {
        return usage(tr("%1 has %2 rows, and %3 is one file. Name one row, such as %1#1, or give a folder.")
                         .arg(fromArgument(arguments.row))
                         .arg(rows.size())
                         .arg(output));
    }
    if (!folder && !pictureFormatFromSuffix(QFileInfo(output).suffix())) {
        return usage(tr("-o %1: pictures are written as PNG, JPEG, WebP or TIFF; let the name end with .png, .jpg, .webp or .tif, or name a folder with "
                        "a / at its end.").arg(output));
    }
    const QString stem = QFileInfo(plan.templateFile).completeBaseName();
    const qsizetype lastNumber = rows.last().number;
    for (const Row &row : rows) {
        RenderTarget target;
        target.row = row;
        target.file = output;
        if (folder) {
            const auto file = fileInFolder(QDir(output), stem, row, lastNumber);
            if (file)
                target.file = *file;
            else
                target.error = file.error();
        }
        if (!layers.isEmpty())
            target.layersFolder = rows.size() > 1 ? layers + QLatin1Char('/') + QFileInfo(target.file).completeBaseName() : layers;
        plan.targets.append(target);
    }
    checkFiles(plan, arguments);
    return {};
}

} // namespace

QString numberedFile(const QString &file, int index)
{
    if (index == 0)
        return file;
    const QString suffix = QFileInfo(file).suffix();
    return QStringLiteral("%1-%2.%3").arg(file.chopped(suffix.size() + 1)).arg(index + 1).arg(suffix);
}

ExportOptions savingOf(const RenderPlan &plan, const QString &file)
{
    ExportOptions options = plan.saving;
    options.format = pictureFormatFromSuffix(QFileInfo(file).suffix()).value_or(PictureFormat::Png);
    return options;
}

QString safeFileName(const QString &wanted)
{
    static const QRegularExpression forbidden(QStringLiteral("[\\x00-\\x1F\\x7F/\\\\:*?\"<>|]+"));
    static const QRegularExpression outerDots(QStringLiteral("^[.\\s-]+|[.\\s]+$"));
    QString name = wanted;
    if (name.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        name.chop(4);
    name.replace(forbidden, QStringLiteral("-"));
    name.remove(outerDots);
    constexpr qsizetype maxBytes = 200;  // file systems take 255 bytes, and the temporary file's name is longer
    while (name.toUtf8().size() > maxBytes)
        name.chop(1);
    return name.isEmpty() ? QString() : name + QStringLiteral(".png");
}

Result<RenderPlan> planRender(const RenderArguments &arguments)
{
    const auto options = readOptions(arguments);
    if (!options)
        return fail(options.error());
    RenderPlan plan;
    plan.templateFile = fromArgument(arguments.file);
    plan.folder = QFileInfo(plan.templateFile).absolutePath();
    plan.options = *options;
    plan.stepsGiven = arguments.steps.has_value();
    plan.device = fromArgument(arguments.device);
    plan.raw = arguments.raw;
    const auto loaded = loadTemplate(plan.templateFile);
    if (!loaded)
        return fail(loaded.error());
    plan.value = loaded->value;
    plan.findings = loaded->warnings;
    if (!arguments.intent.empty())
        plan.value.intent = fromArgument(arguments.intent);
    plan.isFinal = asksForFinal(arguments);
    const auto size = readSize(plan.isFinal ? std::string() : arguments.size, plan.value.canvas.size);
    if (!size)
        return fail(size.error());
    plan.size = *size;
    if (plan.isFinal) {
        const auto request = readRequest(arguments, plan);
        if (!request)
            return fail(request.error());
        plan.request = *request;
        plan.options.steps = DraftOptions().steps;  // the given ones are the model's
    } else if (const auto checked = checkForDraft(arguments); !checked) {
        return fail(checked.error());
    }
    const auto rows = readRows(arguments.row, arguments.slotValues, plan.value, plan.folder, &plan.findings);
    if (!rows)
        return fail(rows.error());
    if (const auto targets = planTargets(plan, arguments, *rows); !targets)
        return fail(targets.error());
    return plan;
}

} // namespace Galley
