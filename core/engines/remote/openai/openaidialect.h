#pragma once

#include <QString>
#include <QStringList>

namespace Galley {

/// How one family of servers speaks the OpenAI Images format. Every server of it differs somewhere; what differs is here, as data, and nowhere
/// else. Sources and snapshots: shared notes on wire formats, "Other servers of this format".
///
/// Names of settings are JSON pointers into where the family takes its extras (see \c extras); null: the setting cannot be said, is not sent, and is
/// not in ModelEntry::supports either.
struct OpenAiDialect
{
    enum class Size { Text, Starred, Edges, LongEdge };  ///< "1024x512"; "1024*512"; width and height; the longer of them as img_size
    enum class Extras {
        Body,       ///< members of the body, next to OpenAI's own
        Kwargs,     ///< a member "kwargs" whose value is JSON as text
        PromptTag,  ///< JSON between tags at the end of the prompt
        Query       ///< there is no body: GET with a query, the picture is the answer
    };

    const char *name = nullptr;
    const char *title = nullptr;
    Size size = Size::Text;
    Extras extras = Extras::Body;
    const char *responseFormat = nullptr;  ///< null: must be absent
    bool model = true;
    bool count = true;
    bool streams = false;

    const char *seed = nullptr;
    const char *negative = nullptr;
    const char *steps = nullptr;
    const char *guidance = nullptr;
    const char *strength = nullptr;
    bool negativeAfterBar = false;  ///< the prompt is "positive|negative"

    const char *editPath = nullptr;   ///< multipart with the start picture as \c imagePart
    const char *imagePart = nullptr;
    const char *maskPath = nullptr;   ///< multipart with start picture and \c maskPart
    const char *maskPart = nullptr;
    const char *imageMember = nullptr;  ///< the start picture goes into the JSON body under this name instead
    bool imageIsDataUrl = false;

    bool takesStart() const { return editPath || imageMember; }
    /// Of ServiceKind::features what the family carries.
    QStringList features() const;
};

/// The record of \a name; that of OpenAI itself for an empty name, null for an unknown one.
const OpenAiDialect *findOpenAiDialect(const QString &name);
QStringList openAiDialectNames();

} // namespace Galley
