#include "core/engines/remote/remoteengine.h"
#include "core/prompt/colorname.h"
#include "core/service/finalplan.h"
#include "core/settings/keystore.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <string_view>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::FinalPlan", text);
}

QString sizeWords(const QSize &size)
{
    return QStringLiteral("%1×%2").arg(size.width()).arg(size.height());
}

/// What the service says that it takes, in characters; 0: not known.
qint64 longestPrompt(const BackendEntry &backend)
{
    const auto most = backend.options.find("max_prompt_chars");
    return most != backend.options.end() && most->is_number_integer() ? most->get<qint64>() : 0;
}

QString sizeNotice(const RenderRequest &request, const ModelEntry &model, const Frame &frame)
{
    if (!request.size)
        return {};
    if (!frame.ratio.isEmpty()) {
        return tr("%1 takes no size: it is asked for the ratio %2 instead of %3 and chooses the pixels itself.")
            .arg(model.label, QString(frame.ratio).replace(u'x', u':'), sizeWords(*request.size));
    }
    if (frame.picture == *request.size)
        return {};
    return tr("%1 does not make %2; it is asked for %3, the nearest size that it has.")
        .arg(model.label, sizeWords(*request.size), sizeWords(frame.picture));
}

QString shutdownNotice(const ModelEntry &model, const QDate &today)
{
    if (!model.shutdown.isValid() || model.isRetired(today))
        return {};
    const int days = int(today.daysTo(model.shutdown));
    const QString left = days == 1 ? tr("tomorrow") : tr("in %1 days").arg(days);
    const QString sentence = tr("%1 will be shut down %2, on %3.").arg(model.label, left, model.shutdown.toString(Qt::ISODate));
    return model.replacement.isEmpty() ? sentence : sentence + u' ' + tr("Its replacement is %1.").arg(model.replacement);
}

/// Brackets without a number may be meant as characters.
bool hasPlainBrackets(const QString &prompt)
{
    static const QRegularExpression brackets(QStringLiteral(R"((?<!\\)(\((?![^()]*:\s*[+-]?[.\d]+\s*\))[^()]*\)|\[[^\[\]]*\]))"));
    return brackets.match(prompt).hasMatch();
}

/// \a feature is wanted, but does not reach the model.
class Announcer
{
public:
    Announcer(const ModelEntry &model, const BackendEntry &backend, QStringList &notices)
        : m_model(model)
        , m_backend(backend)
        , m_notices(notices)
    {}

    void operator()(bool wanted, const char *feature, const QString &sentence)
    {
        if (wanted && !canHonour(m_model, m_backend, feature))
            m_notices.append(sentence);
    }

private:
    const ModelEntry &m_model;
    const BackendEntry &m_backend;
    QStringList &m_notices;
};

/// What is drawn anew, for sentences: "title", "title and cta".
QString redoWords(const RenderRequest &request)
{
    if (request.redo.isEmpty())
        return tr("what the mask says");
    QStringList quoted;
    for (const QString &id : request.redo)
        quoted.append(u'"' + id + u'"');
    return quoted.join(tr(" and "));
}

void announceStart(Announcer &announce, const RenderRequest &request, const ModelEntry &model, bool takesStart)
{
    const QString none = request.sendDraft ? tr("%1 takes no start picture: the draft is not sent along.")
                         : request.hasMask() ? tr("%1 takes no start picture: the picture is not sent along, and a whole new one is made.")
                                             : tr("%1 takes no start picture: the picture is not sent along.");
    announce(request.hasStart(), "image", none.arg(model.label));
    if (!takesStart)
        return;
    announce(request.hasMask(), "mask",
             tr("%1 takes no mask: all of the picture may change, and not only %2.").arg(model.label, redoWords(request)));
    announce(request.hasStart(), "strength",
             tr("%1 takes a start picture but no strength: it decides by itself how far it departs from it.").arg(model.label));
}

} // namespace

bool canHonour(const ModelEntry &model, const BackendEntry &backend, const char *feature)
{
    const ServiceKind *kind = findServiceKind(backend.kind);
    // How far to leave a start picture is no matter of the model.
    const char *ofModel = feature == std::string_view("strength") ? "image" : feature;
    return model.can(ofModel) && (!kind || kind->featuresOf(backend).contains(QLatin1String(feature)));
}

bool readsBrackets(const ModelEntry &model, const BackendEntry &backend)
{
    const ServiceKind *kind = findServiceKind(backend.kind);
    return kind ? kind->readsBrackets : canHonour(model, backend, "weights");
}

QStringList settingNotices(const RenderRequest &request, const ModelEntry &model, const BackendEntry &backend, const Frame &frame,
                           const CompiledPrompt &prompt, const QDate &today)
{
    QStringList notices;
    Announcer announce(model, backend, notices);
    announce(request.seed.has_value(), "seed",
             tr("%1 takes no seed: %2 is not sent, and the same request gives another picture each time.").arg(model.label).arg(request.seed.value_or(0)));
    announce(request.steps.has_value(), "steps", tr("%1 takes no number of steps: %2 is not sent.").arg(model.label).arg(request.steps.value_or(0)));
    announce(!request.negativePrompt.trimmed().isEmpty(), "negative",
             tr("%1 takes no negative prompt: it is not sent. Say in the template what should be there instead.").arg(model.label));
    announce(request.count > 1, "count",
             tr("%1 makes one picture for each request: one is asked for instead of %2.").arg(model.label).arg(request.count));
    announce(request.guidance.has_value(), "guidance",
             tr("%1 takes no guidance: %2 is not sent.").arg(model.label).arg(request.guidance.value_or(0)));
    announceStart(announce, request, model, canHonour(model, backend, "image"));
    if (request.mayShrink && backend.kind != QLatin1String("local")) {
        notices.append(tr("%1 is no model of this machine: it cannot be told that a smaller picture is better than none.").arg(model.label));
    }
    if (readsBrackets(model, backend) && hasPlainBrackets(withoutColorCodes(prompt.text))) {
        notices.append(tr("%1 reads brackets as weights: words in (…) count more, words in […] less. Write \\( or \\[ where a bracket is meant as a character.")
                           .arg(model.label));
    }
    notices += {sizeNotice(request, model, frame), shutdownNotice(model, today)};
    notices.removeAll(QString());
    const qint64 longest = longestPrompt(backend);
    if (longest > 0 && prompt.text.size() > longest) {
        notices.append(tr("The prompt has %1 characters; %2 takes %3 and will refuse it. Shorten the texts of the template.")
                           .arg(prompt.text.size())
                           .arg(model.label)
                           .arg(longest));
    }
    return notices;
}

QString sendObstacle(const ModelEntry &model, const BackendEntry &backend, const QuoteWorld &world)
{
    if (world.route.offline && !isOnThisMachine(backend))
        return tr("The network is switched off in the settings, so %1 cannot be asked now.").arg(model.label);
    if (!world.route.backendsWithoutKey.contains(backend.id))
        return {};
    const QString hint = world.keyHints.value(backend.id);
    if (!hint.isEmpty())
        return hint;
    return tr("There is no key for %1. Enter it under Services and Keys, or set %2 in the environment.")
        .arg(backend.title(), KeyStore::environmentName(backend.key.isEmpty() ? backend.id : backend.key));
}

} // namespace Galley
