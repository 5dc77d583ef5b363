#pragma once

#include <QDialog>

class QListWidget;
class QStackedWidget;

namespace Galley {

class BackendPage;
class FinalService;
class LocalModels;
class LocalModelsPanel;
class ModelsPage;
class NetworkPage;
class Settings;

/// "Services and Keys": every backend with its state, then network and budget, then the models of this machine (\a local, may be null) and models.yaml. Not
/// modal. Owns nothing that it is given.
class ServicesDialog : public QDialog
{
    Q_OBJECT

public:
    ServicesDialog(FinalService *finals, Settings *settings, const QString &modelsFile, LocalModels *local, QWidget *parent = nullptr);

    /// A backend's id, "budget", "network" or "models".
    void showPlace(const QString &place);
    QListWidget *list() const { return m_list; }
    LocalModelsPanel *localModels() const;  ///< null without them

Q_SIGNALS:
    void networkChanged();  ///< offline, proxy or budget
    void modelMemoryChanged();

private:
    void fill();
    void showCurrent();

    FinalService *m_finals;
    QListWidget *m_list;
    QStackedWidget *m_pages;
    BackendPage *m_backend;
    NetworkPage *m_network;
    ModelsPage *m_models;
};

} // namespace Galley
