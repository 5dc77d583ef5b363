#pragma once

#include "core/service/finalservice.h"
#include "ui/widgets/theme.h"

#include <QString>

namespace Galley {

// What the window says of a job: the same words in the list, beside the draft, in tool tips and for screen readers.

QString laneWord(Lane lane);           ///< "Interactive"
QString stateWord(JobState state);     ///< "running"
QString stateIcon(JobState state);     ///< a name of themedIcon(): each state has a shape of its own
ThemeColor stateTone(JobState state);

QString ruleText(const QString &rule);    ///< Galley's own names of rules in the language of the window; others as models.yaml has them
QString remoteStateText(const Job &job);  ///< the service's word for what it does, translated where it is a common one

/// Requested, routed and served model where they differ ("sd-medium → sd3.5-medium"), else once.
QString modelsText(const QString &requested, const QString &routed, const QString &served);
QString modelsText(const Job &job);
/// The same in words, for tool tips and screen readers: "Asked for sd-medium, routed to sd3.5-medium."
QString modelsSentence(const Job &job);
QString servedModel(const Job &job);   ///< empty until a service has said it

double progressShare(const Job &job);  ///< 0–1; -1: not known
QString progressText(const Job &job);  ///< "step 3 of 8 · 12 s left", "tries again at 15:04:05"
QString jobPrice(const Job &job);      ///< "$0.06", or "about $0.06" until it is known; "price not known"
QString quotePrice(const Quote &quote);  ///< "$0.06", "free", or that it is not known
/// The question before a final is rendered anew, past the cache: what it costs comes first.
struct AnewOffer
{
    bool isPossible = false;
    QString sentence;  ///< what would be done; why it cannot be
    QString price;
};
AnewOffer anewOffer(const Result<Quote> &quote);
qint64 jobMilliseconds(const Job &job);  ///< of the last attempt; 0: none

/// What a person should know or do, in a sentence: why it failed, what it waits for, or that it needs a decision. Empty when the state says it all.
QString jobSentence(const Job &job);
bool waitsForServices(const Job &job);  ///< for a key or the network: nothing that time alone brings
/// Everything about its attempts, a line each, for the fold-out.
QString jobDetails(const Job &job);

} // namespace Galley
