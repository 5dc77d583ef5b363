#pragma once

#include <QWidget>

class QLabel;
class QListWidget;

namespace Galley {

class EmptyState;
class FinalService;

/// Where models.yaml lies, what is wrong with it, and how to read it again.
class ModelsPage : public QWidget
{
    Q_OBJECT

public:
    /// \a file is the user's models.yaml, which need not exist.
    ModelsPage(FinalService *finals, const QString &file, QWidget *parent = nullptr);

    void refresh();

private:
    void open();

    FinalService *m_finals;
    QString m_file;
    QLabel *m_state;
    QListWidget *m_findings;
};

} // namespace Galley
