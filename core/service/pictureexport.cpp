#include "core/service/pictureexport.h"

#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/imaging/imagefile.h"
#include "core/review/score.h"
#include "core/settings/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::PictureExport", text);
}

/// "/home/ada/My Pictures/x.png", "C:\Users\ada\x.png", "file:///tmp/x": whatever begins like the path of a person's or this machine's file. One in
/// quotes ends with them. Without, a word belongs to it as long as a separator follows, or the ending of a file's name: rather a word too many than a name.
QString withoutPaths(const QString &text)
{
    const QString begin = QStringLiteral(R"((?:(?:file://[\w.-]*|(?<![\w/.-]))/(?:home|Users|root|tmp|var|mnt|media|run|opt|srv|private|Volumes|work|data|usr)(?=/))");
    const QString windows = QStringLiteral(R"(|(?<!\w)(?:[A-Za-z]:(?=[\\/])|\\(?=\\))))");
    static const QRegularExpression quoted(QStringLiteral(R"((["'`“„«])%1%2[\\/][^"'`”“»\n]+(?=["'`”“»]))").arg(begin, windows));
    static const QRegularExpression plainPath(
        QStringLiteral(R"(%1%2(?:[\\/]+WORD(?: +WORD){0,5}(?=[\\/]))*[\\/]+(?:WORD(?: +WORD){0,5}?\.[A-Za-z0-9]{1,5}\b)?[^\s"'<>|,;:]*)")
            .replace(QLatin1String("WORD"), QLatin1String(R"([^\s\\/"'<>|,;:]+)"))
            .arg(begin, windows));
    QString plain = text;
    const QString home = QDir::homePath();
    if (home.size() > 1)
        plain.replace(home + u'/', QStringLiteral("/home/"));
    plain.replace(quoted, QStringLiteral("\\1(path)"));
    plain.replace(plainPath, QStringLiteral("(path)"));
    return plain;
}

QString textIn(const Json &object, const char *key)
{
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? toQString(*found) : QString();
}

Json memberOf(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? Json(nullptr) : *found;
}

SourceType sourceOf(const AssetRecord &record, bool isComposed)
{
    if (textIn(record.provenance, "kind") == QLatin1String("draft") && record.servedModel.isEmpty())
        return SourceType::Assembled;  // of clip art and a person's images
    if (isComposed || memberOf(record.provenance, "composed") == Json(true))
        return SourceType::Composed;
    // A draft is Galley's own; a picture from elsewhere that a model has changed is not wholly made by it.
    const QString start = textIn(memberOf(record.provenance, "edit"), "start");
    return start == QLatin1String("file") || start == QLatin1String("library") ? SourceType::Edited : SourceType::Generated;
}

/// The format of AUTOMATIC1111's PNG info: prompt, negative prompt, one line of settings.
QString parametersOf(const AssetRecord &record, const QString &prompt)
{
    const Json request = memberOf(record.provenance, "request");
    QStringList settings;
    const auto add = [&settings](const QString &name, const QString &value) {
        if (!value.isEmpty())
            settings.append(name + QStringLiteral(": ") + value);
    };
    const auto number = [](const Json &value) -> QString {
        return value.is_number_integer() ? QString::number(value.get<qint64>()) : value.is_number() ? QString::number(value.get<double>()) : QString();
    };
    const Json steps = memberOf(record.provenance, "steps");
    add(QStringLiteral("Steps"), steps.is_number() && steps.get<double>() > 0 ? number(steps) : QString());
    const Json guidance = memberOf(request, "guidance");
    add(QStringLiteral("CFG scale"), guidance.is_number() && guidance.get<double>() > 0 ? number(guidance) : QString());
    add(QStringLiteral("Seed"), record.seed ? QString::number(*record.seed) : QString());
    add(QStringLiteral("Size"), record.size.isEmpty() ? QString() : QStringLiteral("%1x%2").arg(record.size.width()).arg(record.size.height()));
    QString model = record.servedModel.isEmpty() ? record.routedModel : record.servedModel;
    add(QStringLiteral("Model"), model.replace(u',', u' '));
    add(QStringLiteral("Version"), QStringLiteral("Galley " GALLEY_VERSION));
    const QString negative = withoutPaths(textIn(request, "negative")).simplified();
    return prompt + (negative.isEmpty() ? QString() : QStringLiteral("\nNegative prompt: ") + negative) + u'\n' + settings.join(QStringLiteral(", "));
}

/// Name, value and what measured it; without the words for people, which belong to one language.
Json scoreJson(const PictureScore &score)
{
    const auto kind = scoreFromName(score.name);
    const auto figure = [&score](const char *key) { return memberOf(score.detail, key); };
    Json json{{"name", score.name.toStdString()}, {"value", score.value}};
    if (const Json raw = figure("raw"); raw.is_number()) {
        json["measured"] = raw;
        json["unit"] = textIn(score.detail, "unit").toStdString();
    }
    json["method"] = kind ? Json(scoreMethod(*kind).toStdString()) : Json(nullptr);
    json["measured_by"] = figure("by").is_string() ? figure("by") : Json("Galley");
    return json;
}

QString scoreLine(const PictureScore &score)
{
    const Json json = scoreJson(score);
    const QString how = toQString(json["method"]);
    return QStringLiteral("%1 %2 (%3%4)").arg(score.name, QString::number(score.value, 'f', 3), how.isEmpty() ? QString() : how + QStringLiteral("; "),
                                             toQString(json["measured_by"]));
}

/// The file itself, without metadata of ours.
Result<QByteArray> plainFile(const ExportSource &source, const ExportOptions &options)
{
    if (!source.image.isNull())
        return encodePicture(source.image, options.format, options.quality);
    if (pictureFormatOf(source.original) == options.format)
        return source.original;
    const auto picture = decodeImage(source.original, tr("The original"));
    return picture ? encodePicture(*picture, options.format, options.quality) : fail(picture.error());
}

Result<void> save(const QString &file, const QByteArray &bytes)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && commitWhole(out))
        return {};
    return fail(ErrorCode::Io, tr("%1 could not be written: %2. Choose another folder, or make room there.").arg(QDir::toNativeSeparators(file), writeReason(out)));
}

} // namespace

ExportOptions exportOptions(const Settings &settings, const QString &file)
{
    ExportOptions options;
    options.format = pictureFormatFromSuffix(QFileInfo(file).suffix()).value_or(PictureFormat::Png);
    options.metadata = settings.libraryMetadata.value();
    options.parameters = settings.libraryA1111.value();
    return options;
}

Json withoutLocalPaths(const Json &json)
{
    if (json.is_string()) {
        // A text that is nothing but a path, a chosen photo, may begin with any folder.
        static const QRegularExpression path(QStringLiteral(R"(^/[^/\n]+/(?:\S*|[^\n]*\.[A-Za-z0-9]{1,5})$)"));
        const QString plain = withoutPaths(toQString(json));
        return (path.match(plain).hasMatch() ? QStringLiteral("(path)") : plain).toStdString();
    }
    if (!json.is_structured())
        return json;
    Json plain = json;
    for (Json &each : plain)
        each = withoutLocalPaths(each);
    return plain;
}

PictureMetadata metadataOf(const AssetRecord &record, bool isComposed, bool parameters, const QList<PictureScore> &scores)
{
    PictureMetadata metadata;
    metadata.source = sourceOf(record, isComposed);
    metadata.title = withoutPaths(record.templateName);
    metadata.description = withoutPaths(record.prompt);
    metadata.tool = QStringLiteral("Galley " GALLEY_VERSION);
    metadata.createdAt = record.createdAt;
    metadata.requested = record.requestedModel;
    metadata.routed = record.routedModel;
    metadata.served = record.servedModel;
    metadata.revision = record.revision;
    metadata.seed = record.seed;
    Json provenance = record.provenance;
    // What an imported picture claims of itself was not measured here.
    if (provenance.is_object())
        provenance.erase("scores");
    for (const PictureScore &score : scores) {
        metadata.scores << withoutPaths(scoreLine(score));
        if (provenance.is_object())
            provenance["scores"].push_back(scoreJson(score));
    }
    metadata.provenance = withoutLocalPaths(provenance);
    if (parameters)
        metadata.parameters = parametersOf(record, metadata.description);
    return metadata;
}

Result<QByteArray> readOriginal(const QString &file, const QString &digest, qint64 id)
{
    const auto sentence = [id](const char *text) { return QCoreApplication::translate("Galley::PictureSaver", text).arg(id); };
    QFile original(file);
    if (!original.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, sentence(QT_TRANSLATE_NOOP("Galley::PictureSaver", "The file of picture %1 cannot be read, so that it was not saved. Library › Verify says more.")));
    const QByteArray bytes = original.readAll();
    if (sha256Hex(bytes) != digest)
        return fail(ErrorCode::Io, sentence(QT_TRANSLATE_NOOP("Galley::PictureSaver",
                                                              "The file of picture %1 has been altered since it was accepted, so that it was not saved. Library › Verify says more.")));
    return bytes;
}

Result<ExportedPicture> makeExport(const ExportSource &source, const ExportOptions &options)
{
    const auto plain = plainFile(source, options);
    if (!plain)
        return fail(plain.error());
    ExportedPicture exported;
    exported.file = *plain;
    const bool isOriginal = *plain == source.original;
    const bool isSigned = carriesCredentials(source.original);
    if (isSigned && !isOriginal)
        exported.notices.append(tr("The original carries signed content credentials. This copy was made anew and has none; the original is unchanged."));
    if (!options.metadata)
        return exported;
    const PictureMetadata metadata = metadataOf(source.record, !source.image.isNull(), options.parameters, source.scores);
    if (isSigned && isOriginal) {
        const auto sidecar = metadataSidecar(metadata);
        if (!sidecar)
            return fail(sidecar.error());
        exported.sidecarXmp = *sidecar;
        exported.sidecarJson = dumpJson(metadata.provenance, 2) + '\n';
        exported.notices.append(tr("The picture carries signed content credentials and was copied as it is; its provenance lies in a file beside it."));
        return exported;
    }
    QStringList left;
    const auto tagged = withMetadata(*plain, metadata, &left);
    if (!tagged)
        return fail(tagged.error());
    exported.file = *tagged;
    if (!left.isEmpty())
        exported.notices.append(tr("JPEG has no room for all of the provenance; left out: %1. PNG, WebP and TIFF take everything.").arg(left.join(QStringLiteral(", "))));
    return exported;
}

Result<QStringList> exportPicture(const ExportSource &source, const QString &file, const ExportOptions &options)
{
    const auto exported = makeExport(source, options);
    if (!exported)
        return fail(exported.error());
    if (const auto saved = save(file, exported->file); !saved)
        return fail(saved.error());
    if (!exported->sidecarXmp.isEmpty()) {
        if (const auto saved = save(file + QStringLiteral(".xmp"), exported->sidecarXmp); !saved)
            return fail(saved.error());
        if (const auto saved = save(file + QStringLiteral(".json"), exported->sidecarJson); !saved)
            return fail(saved.error());
    }
    return exported->notices;
}

} // namespace Galley
