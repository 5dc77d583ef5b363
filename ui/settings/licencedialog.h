#pragma once

#include <QDialog>

namespace Galley {

/// The licence of one model as its folder has it, to read and to copy; what is not stated is said. Deletes itself when it is closed.
class LicenceDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a text empty: not stated.
    LicenceDialog(const QString &model, const QString &text, QWidget *parent = nullptr);
};

} // namespace Galley
