#pragma once

#include <QDialog>
#include <QStringList>

namespace Galley {

/// Version, licence, and whose work is inside, with the licence of each.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a resources holds the NOTICE files of fonts and cut-outs; \a engine says what renders here, may be empty.
    AboutDialog(const QString &resources, const QString &engine, QWidget *parent = nullptr);

    /// Licences and notices in the resources, relative to them; all are shown.
    static QStringList noticeFiles();
};

} // namespace Galley
