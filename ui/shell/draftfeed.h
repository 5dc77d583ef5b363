#pragma once

#include "core/service/draftservice.h"
#include "core/service/stepchoice.h"

#include <QObject>
#include <QSet>

namespace Galley {

class Settings;
class TemplateDocument;

/// Hands every edit to the draft service, with the options that the toolbar shows: the only caller of DraftService::setInput().
/// Source and steps are remembered in the settings, the seed belongs to the session. Unless a person chose, the steps are as many as this
/// machine is fast enough for (StepChoice), by the times of the layers that it has drawn, at most what the model was made for. GUI thread; owns nothing.
class DraftFeed : public QObject
{
    Q_OBJECT

public:
    DraftFeed(TemplateDocument *document, DraftService *draft, Settings *settings, QObject *parent = nullptr);

    const DraftOptions &options() const { return m_options; }
    /// A locked seed stays through dice and restored previews; only typing changes it.
    bool isSeedLocked() const { return m_seedLocked; }
    int maxSteps() const;
    /// What draws the subjects, as the engine says; null until it has, or when it is gone.
    const ModelCapabilities *model() const;

    /// Empty: Galley's own. Steps are then the model's own, unless they are chosen anew.
    void setModel(const QString &id);
    void setSource(SubjectSource source);
    /// 0: automatic.
    void setSteps(int steps);
    bool areStepsAutomatic() const { return m_automatic; }
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
    void measure();
    void boundChoice();
    void forgetMeasures();
    int automaticSteps() const;

    TemplateDocument *m_document;
    DraftService *m_draft;
    Settings *m_settings;
    DraftOptions m_options;
    bool m_seedLocked = false;
    bool m_automatic = false;
    StepChoice m_choice;
    QSet<QString> m_measured;  ///< digests of layers whose time has been counted
    mutable EngineCapabilities m_capabilities;  ///< what model() points into
    QString m_measuredWith;    ///< device and weights
};

} // namespace Galley
