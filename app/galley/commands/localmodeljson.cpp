#include "app/galley/commands/localmodeljson.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

Json textOrNothing(const QString &text)
{
    return text.isEmpty() ? Json(nullptr) : Json(text.toStdString());
}

const char *fitsName(LocalModel::Fits fits)
{
    switch (fits) {
    case LocalModel::Fits::Whole: return "whole";
    case LocalModel::Fits::Parts: return "parts";
    case LocalModel::Fits::No: return "no";
    case LocalModel::Fits::Unknown: break;
    }
    return nullptr;
}

QString fitsSentence(const LocalModel &said)
{
    switch (said.fits) {
    case LocalModel::Fits::Whole: return tr("fits into memory (about %1)").arg(bytesText(said.neededBytes));
    case LocalModel::Fits::Parts: return tr("runs in parts, slower (about %1 in one piece)").arg(bytesText(said.neededBytes));
    case LocalModel::Fits::No: return tr("does not fit into memory (needs %1 at least)").arg(bytesText(said.leastBytes));
    case LocalModel::Fits::Unknown: break;
    }
    return {};
}

} // namespace

QString bytesText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString filesStateName(LocalModelCard::Files state)
{
    switch (state) {
    case LocalModelCard::Files::Unchanged: return QStringLiteral("unchanged");
    case LocalModelCard::Files::Changed: return QStringLiteral("changed");
    case LocalModelCard::Files::Missing: return QStringLiteral("missing");
    case LocalModelCard::Files::NotKept: break;
    }
    return QStringLiteral("not_kept");
}

Json localCardJson(const LocalModelCard &card)
{
    const LocalModel &said = card.said;
    return {{"family", textOrNothing(said.family)},
            {"path", card.entry.path.toStdString()},
            {"added", card.entry.isFound() ? Json(nullptr) : Json(card.entry.addedAt.toString(Qt::ISODate).toStdString())},
            {"bytes", card.bytes()},
            {"needed_bytes", said.neededBytes},
            {"least_bytes", said.leastBytes},
            {"budget_bytes", said.budgetBytes},
            {"fits", fitsName(said.fits) ? Json(fitsName(said.fits)) : Json(nullptr)},
            {"guidance", said.defaultGuidance},
            {"licence", textOrNothing(card.licence)},
            {"integrity", filesStateName(card.files).toStdString()}};
}

QStringList localCardLines(const LocalModelCard &card)
{
    QStringList facts{card.said.family, bytesText(card.bytes()), fitsSentence(card.said),
                      card.licence.isEmpty() ? tr("licence not stated") : card.licence};
    facts.removeAll(QString());
    QStringList lines{facts.join(QStringLiteral("  ")), QDir::toNativeSeparators(card.entry.path)};
    if (card.files == LocalModelCard::Files::Changed)
        lines.append(tr("Its files have changed since it was added. \"galley models verify %1\" says which.").arg(card.entry.id));
    return lines;
}

} // namespace Galley
