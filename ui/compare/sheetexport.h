#pragma once

#include "core/service/libraryservice.h"

#include <QObject>

class QSettings;
class QWidget;

namespace Galley {

class CompareSet;
class MessageBar;
class ProgressLine;

/// What is compared as a file: a contact sheet as PDF, or a table as CSV. Both name the models, so that there is none while the comparison is blind: it is
/// said instead, and revealing offered. One at a time; how far is shown when it takes longer than a second. GUI thread; owns nothing that it is given.
class SheetExport : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Sheet, Table };

    struct Parts
    {
        LibraryService *library = nullptr;
        CompareSet *set = nullptr;
        QSettings *store = nullptr;
        MessageBar *bar = nullptr;
        ProgressLine *progress = nullptr;
        QWidget *place = nullptr;  ///< parent of the dialog
    };
    explicit SheetExport(const Parts &parts, QObject *parent = nullptr);
    ~SheetExport() override;

    /// What the sheet is called; empty: after the template.
    void setTitle(const QString &title) { m_title = title; }
    /// Asks where to, then writes.
    void ask(Kind kind);
    /// PDF, or CSV by its ending.
    void write(const QString &file);
    bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void message(const QString &sentence);
    void revealWanted();

private:
    bool refusesBlind();
    QString title() const;
    void done(const QString &file, const QFuture<Result<LibraryReport>> &future);

    Parts m_parts;
    QString m_title;
    QFuture<Result<LibraryReport>> m_future;
    bool m_isBusy = false;
};

} // namespace Galley
