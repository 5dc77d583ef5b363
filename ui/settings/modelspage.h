#pragma once

#include <QWidget>

class QLabel;
class QListWidget;

namespace Galley {

class EmptyState;
class FinalService;
class LocalModels;
class LocalModelsPanel;

/// The models of this machine, where official weights are, and below: where models.yaml lies, what is wrong with it, and how to read it again.
class ModelsPage : public QWidget
{
    Q_OBJECT

public:
    /// \a file is the user's models.yaml, which need not exist. \a local may be null: then there are no models of this machine to manage.
    ModelsPage(FinalService *finals, const QString &file, LocalModels *local, QWidget *parent = nullptr);

    void refresh();
    LocalModelsPanel *local() const { return m_local; }  ///< null without local models

private:
    void open();

    FinalService *m_finals;
    LocalModelsPanel *m_local = nullptr;
    QString m_file;
    QLabel *m_state;
    QListWidget *m_findings;
};

} // namespace Galley
