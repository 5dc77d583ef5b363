#include "ui/compare/comparepicture.h"

#include <QCoreApplication>
#include <QStringList>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ComparePicture", text);
}

} // namespace

QString modelTag(const ComparePicture &picture, const ModelNames &names)
{
    QStringList steps;
    for (const QString &model : {picture.card.requestedModel, picture.card.routedModel, picture.card.servedModel}) {
        if (!model.isEmpty() && !steps.contains(names.label(model)))
            steps << names.label(model);
    }
    return steps.isEmpty() ? tr("model not known") : steps.join(QStringLiteral(" → "));
}

QString subjectTag(const ComparePicture &picture)
{
    QString subject = picture.card.templateName.isEmpty() ? tr("Untitled") : picture.card.templateName;
    if (picture.isDraft)
        subject = tr("Draft of %1").arg(subject);
    return picture.card.row > 0 ? tr("%1, row %2").arg(subject).arg(picture.card.row) : subject;
}

} // namespace Galley
