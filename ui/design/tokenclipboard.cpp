#include "ui/design/tokenclipboard.h"

#include "core/template/resolve.h"
#include "core/template/templatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QMimeData>

namespace Galley {

namespace {

constexpr auto tokensFormat = "application/x-galley-tokens+json";
constexpr auto folderFormat = "application/x-galley-folder";

QString rebased(const QString &path, const QString &from, const QString &to)
{
    if (path.isEmpty() || path.contains(u'{') || from.isEmpty() || QDir::isAbsolutePath(path))
        return path;
    const QString absolute = QDir::cleanPath(QDir(from).absoluteFilePath(path));
    return to.isEmpty() ? absolute : QDir(to).relativeFilePath(absolute);
}

} // namespace

QStringList slotsOfToken(const Token &token)
{
    QStringList names;
    const QStringList texts = QStringList{token.show, token.text, token.image, token.fill, token.style.color} + token.palette;
    for (const QString &text : texts) {
        const QStringList found = slotsIn(text);
        for (const QString &name : found) {
            if (!names.contains(name))
                names << name;
        }
    }
    return names;
}

QMimeData *tokensToMimeData(const Template &source, const QStringList &ids, const QString &folder)
{
    Template part = newTemplate(source.name, source.canvas.size);
    QStringList slotNames;
    for (const Token &token : source.tokens) {
        if (!ids.contains(token.id))
            continue;
        part.tokens << token;
        slotNames += slotsOfToken(token);
    }
    for (const Slot &slot : source.slotList) {
        if (slotNames.contains(slot.name))
            part.slotList << slot;
    }
    const QByteArray json = writeTemplate(part);
    auto *data = new QMimeData;
    data->setData(QLatin1String(tokensFormat), json);
    data->setData(QLatin1String(folderFormat), folder.toUtf8());
    data->setText(QString::fromUtf8(json));
    return data;
}

bool hasTokens(const QMimeData *data)
{
    return data && data->hasFormat(QLatin1String(tokensFormat));
}

Result<Template> tokensFromMimeData(const QMimeData *data, const QString &folder)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Galley::TokenClipboard", text); };
    if (!hasTokens(data))
        return fail(ErrorCode::InvalidInput, tr("The clipboard holds no tokens. Copy tokens on an artboard first."));
    const auto loaded = parseTemplate(data->data(QLatin1String(tokensFormat)), tr("The clipboard"));
    if (!loaded)
        return fail(loaded.error());
    const QString from = QString::fromUtf8(data->data(QLatin1String(folderFormat)));
    Template part = loaded->value;
    for (Token &token : part.tokens)
        token.image = rebased(token.image, from, folder);
    for (Slot &slot : part.slotList) {
        if (slot.type == SlotType::Image)
            slot.defaultValue = rebased(slot.defaultValue, from, folder);
    }
    return part;
}

} // namespace Galley
