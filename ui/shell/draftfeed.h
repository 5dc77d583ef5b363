#pragma once

#include "core/service/draftservice.h"

#include <QObject>

namespace Galley {

class Settings;
class TemplateDocument;

/// Hands every edit to the draft service, with the options that the toolbar shows: the only caller of DraftService::setInput().
/// Source and steps are remembered in the settings, the seed belongs to the session. GUI thread; owns nothing.
class DraftFeed : public QObject
{
    Q_OBJECT

public:
    DraftFeed(TemplateDocument *document, DraftService *draft, Settings *settings, QObject *parent = nullptr);

    const DraftOptions &options() const { return m_options; }
    /// A locked seed stays through dice and restored previews; only typing changes it.
    bool isSeedLocked() const { return m_seedLocked; }
    int maxSteps() const;

    void setSource(SubjectSource source);
    void setSteps(int steps);
    void setSeed(int seed);
    void rollSeed();
    void setSeedLocked(bool locked);
    /// The options of an earlier draft, except a locked seed.
    void restore(const DraftOptions &options);

Q_SIGNALS:
    void optionsChanged();

private:
    void feed();
    void set(const DraftOptions &options);

    TemplateDocument *m_document;
    DraftService *m_draft;
    Settings *m_settings;
    DraftOptions m_options;
    bool m_seedLocked = false;
};

} // namespace Galley
