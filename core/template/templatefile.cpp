#include "core/template/templatefile.h"

#include "core/base/durable.h"
#include "core/template/templatereader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

namespace Galley {

namespace {

struct FileTr
{
    Q_DECLARE_TR_FUNCTIONS(Galley::TemplateFile)
};

constexpr qsizetype maxFileSize = 10 * 1024 * 1024;
/// Line numbers cost a scan each; nobody reads more than this.
constexpr qsizetype maxFindings = 200;

/// A text that was read as far as it could be.
struct Reading
{
    Template value;
    QList<Finding> findings;
    int version = Template::formatVersion;
};

bool looksLikeTemplate(const Json &json)
{
    return json.is_object() && (json.contains("galley") || json.contains("format") || (json.contains("canvas") && json.contains("tokens")));
}

/// The version of the file; an error when there is none that can be read here.
Result<int> versionOf(const Json &json, const QString &name)
{
    if (!looksLikeTemplate(json))
        return fail(ErrorCode::InvalidInput,
                    FileTr::tr("%1 is JSON, but not a Galley template: it has no \"galley\" key. Open a *.galley file.").arg(name));
    const char *key = json.contains("galley") ? "galley" : "format";
    if (!json.contains(key))
        return 0;
    const Json &version = json[key];
    if (!version.is_number_integer() || version.get<double>() < 0)
        return fail(ErrorCode::InvalidInput,
                    FileTr::tr("%1: the key \"%2\" must be the version of the format, such as %3.")
                        .arg(name, QString::fromLatin1(key))
                        .arg(Template::formatVersion));
    if (version.get<double>() > Template::formatVersion)
        return fail(ErrorCode::Unsupported,
                    FileTr::tr("%1 was saved by a newer Galley (format %2; this one reads up to %3). Update Galley to open it.")
                        .arg(name)
                        .arg(version.get<double>())
                        .arg(Template::formatVersion));
    return version.get<int>();
}

Result<Reading> read(const QByteArray &text, const QString &name)
{
    Result<Json> json = parseJson(text, name);
    if (!json)
        return fail(json.error());
    const Result<int> version = versionOf(*json, name);
    if (!version)
        return fail(version.error());
    if (*version < Template::formatVersion)
        migrateTemplate(*json, *version);
    Reading reading;
    reading.version = *version;
    reading.value = readTemplate(*json, reading.findings);
    // Drawn from the text, so that a file without an id has the same one each time it is read.
    if (reading.value.id.isEmpty())
        reading.value.id = QUuid::createUuidV5(QUuid(), text).toString(QUuid::WithoutBraces);
    return reading;
}

bool isError(const Finding &finding)
{
    return finding.severity == Severity::Error;
}

/// Names file and line of each finding, and leaves out what only follows from a value that could not be read.
void locate(QList<Finding> &findings, const QByteArray &text, const QString &name)
{
    QStringList places;
    QList<Finding> located;
    for (Finding &finding : findings) {
        const QString place = finding.path + u' ' + (isError(finding) ? QString() : finding.code);
        if (places.contains(place))
            continue;
        places.append(place);
        finding.file = name;
        finding.line = lineOfPointer(text, finding.path);
        located.append(finding);
        if (located.size() >= maxFindings)
            break;
    }
    findings = located;
}

Error errorOf(const Finding &finding, qsizetype others)
{
    const bool isLimit = finding.code == QStringLiteral("too_many") || finding.code == QStringLiteral("too_long")
                         || finding.code == QStringLiteral("too_large");
    QString sentence = finding.fix.isEmpty() ? finding.message : finding.message + u' ' + finding.fix;
    if (others > 0)
        sentence += u' ' + FileTr::tr("(%n more finding(s); galley check lists them.)", nullptr, int(others));
    return {isLimit ? ErrorCode::TooLarge : ErrorCode::InvalidInput,
            QStringLiteral("%1:%2: %3").arg(finding.file).arg(finding.line).arg(sentence), finding.path};
}

Result<QByteArray> readFile(const QString &path, qsizetype most)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, FileTr::tr("%1 does not exist. Check its name and folder.").arg(path));
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, FileTr::tr("%1 cannot be read: %2.").arg(path, QFileInfo(path).isDir() ? FileTr::tr("it is a folder") : file.errorString()));
    const QByteArray text = file.read(most + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Io, FileTr::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (text.size() > most)
        return fail(ErrorCode::TooLarge, FileTr::tr("%1 is larger than %2 MB, the most that a template may be.").arg(path).arg(most >> 20));
    return text;
}

} // namespace

Result<LoadedTemplate> parseTemplate(const QByteArray &text, const QString &name, UnknownSlots unknownSlots)
{
    Result<Reading> reading = read(text, name);
    if (!reading)
        return fail(reading.error());
    const qsizetype structural = std::count_if(reading->findings.cbegin(), reading->findings.cend(), isError);
    QList<Finding> findings = reading->findings;
    if (structural == 0)
        findings += checkTemplate(reading->value, name);
    const auto error = std::find_if(findings.begin(), findings.end(), isError);
    if (error != findings.end() && (structural > 0 || unknownSlots == UnknownSlots::Refuse)) {
        error->file = name;
        error->line = lineOfPointer(text, error->path);
        return fail(errorOf(*error, std::count_if(findings.cbegin(), findings.cend(), isError) - 1));
    }
    locate(findings, text, name);
    return LoadedTemplate{reading->value, findings, reading->version};
}

Result<LoadedTemplate> loadTemplate(const QString &file, UnknownSlots unknownSlots)
{
    const Result<QByteArray> text = readFile(file, maxFileSize);
    if (!text)
        return fail(text.error());
    return parseTemplate(*text, file, unknownSlots);
}

Result<void> saveTemplate(const Template &value, const QString &file)
{
    const auto failed = [&](const QString &reason) {
        return fail(ErrorCode::Io,
                    FileTr::tr("%1 cannot be saved: %2. The file is as it was; save under another name or free some space.")
                        .arg(file, reason));
    };
    // Writes beside the file, syncs, renames; keeps the permissions of a file that is there.
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return failed(target.errorString());
    const QByteArray text = writeTemplate(value);
    if (target.write(text) != text.size() || !commitWhole(target))
        return failed(writeReason(target));
    return {};
}

QList<Finding> checkTemplateText(const QByteArray &text, const QString &name)
{
    const Result<Reading> reading = read(text, name);
    if (!reading) {
        // The sentence of a syntax error begins with its place: "name:12: …". All others are about the whole file.
        QString message = reading.error().message;
        const QString rest = message.startsWith(name + u':') ? message.mid(name.size() + 1) : QString();
        const int place = rest.section(u':', 0, 0).toInt();
        const int line = place > 0 ? place : 1;
        if (place > 0)
            message = rest.section(u':', 1).trimmed();
        return {{name, line, {}, Severity::Error, errorCodeName(reading.error().code), message, {}}};
    }
    QList<Finding> findings = reading->findings + checkTemplate(reading->value, name);
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding &a, const Finding &b) { return a.severity < b.severity; });
    locate(findings, text, name);
    return findings;
}

Template newTemplate(const QString &name, const QSize &canvas)
{
    Template value;
    value.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    value.name = name;
    value.canvas.size = canvas;
    return value;
}

} // namespace Galley
