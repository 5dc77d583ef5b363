#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QVBoxLayout;

namespace Galley {

class EmptyState;
class FinalService;
class LocalModels;
class LocalModelsPanel;
class Settings;

/// The models of this machine and the memory that they may take, where official weights are, and below: where models.yaml lies, what is wrong with it, and how to read it again.
class ModelsPage : public QWidget
{
    Q_OBJECT

public:
    /// \a file is the user's models.yaml, which need not exist. \a local may be null: then there are no models of this machine to manage.
    ModelsPage(FinalService *finals, Settings *settings, const QString &file, LocalModels *local, QWidget *parent = nullptr);

    void refresh();
    LocalModelsPanel *local() const { return m_local; }  ///< null without local models

Q_SIGNALS:
    void memoryChanged();  ///< Settings::modelMemoryGb, once a person has done with it

private:
    void open();
    void addMemory(QVBoxLayout *column);

    FinalService *m_finals;
    Settings *m_settings;
    LocalModelsPanel *m_local = nullptr;
    QTimer m_memoryTimer;
    int m_appliedMemoryGb = 0;  ///< what the workers were started with
    QString m_file;
    QLabel *m_state;
    QListWidget *m_findings;
};

} // namespace Galley
