#include "core/service/renderqueue.h"

#include <QCoreApplication>

namespace Galley {

QString Job::title() const
{
    const QString name = record.request.source.name.isEmpty() ? QCoreApplication::translate("Galley::RenderQueue", "Untitled")
                                                              : record.request.source.name;
    const QString whole = record.request.row.number == 0
                              ? name
                              : QCoreApplication::translate("Galley::RenderQueue", "%1, row %2").arg(name, QString::number(record.request.row.number));
    return record.shadowOf == 0 ? whole : QCoreApplication::translate("Galley::RenderQueue", "%1 (only compared)").arg(whole);
}

/// What a person holds has another error, or none: the question is the last reason of its decision. So it is one after a restart too.
bool Job::asks() const
{
    const QStringList &reasons = record.decision.reasons;
    return record.state == JobState::Held && !reasons.isEmpty() && !reasons.last().isEmpty() && record.error.message.endsWith(reasons.last());
}

} // namespace Galley
