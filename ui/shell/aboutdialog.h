#pragma once

#include <QDialog>

namespace Galley {

/// Version, licence, and whose work is inside, with the licence of each.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a resources holds the NOTICE files of fonts and cut-outs; \a engine says what renders here, may be empty.
    AboutDialog(const QString &resources, const QString &engine, QWidget *parent = nullptr);
};

} // namespace Galley
