#pragma once

#include "core/service/libraryservice.h"
#include "ui/widgets/progressline.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace Galley {

class NoticeLine;

/// Long work on the library as a whole (verify, repair, transfer): what, how far, how long, and cancel, in a line above the pictures. One at a time; hidden
/// while there is none.
class LibraryCare : public ProgressLine
{
    Q_OBJECT

public:
    explicit LibraryCare(QWidget *parent = nullptr);
    ~LibraryCare() override;

    bool isBusy() const { return m_isBusy; }
    /// Follows \a future; \a title is what it does: "Checking every picture".
    void start(const QString &title, const QFuture<Result<LibraryReport>> &future);
    void cancel();

Q_SIGNALS:
    void busyChanged(bool busy);
    void finished(const QString &title, const LibraryReport &report);
    void failed(const QString &sentence);
    void cancelled(const QString &title);

private:
    void end();

    QFuture<Result<LibraryReport>> m_future;
    QString m_title;
    bool m_isBusy = false;
};

/// What such work has found, over the place of the pictures until it is left: a sentence, and everything it speaks of in a list.
class ReportPage : public QWidget
{
    Q_OBJECT

public:
    explicit ReportPage(QWidget *parent = nullptr);

    /// \a canRepair: offers to mend what was found.
    void showReport(const QString &title, const LibraryReport &report, bool canRepair);
    QTreeWidget *list() const { return m_list; }

Q_SIGNALS:
    void left();
    void repairWanted();
    void pictureWanted(qint64 id);  ///< one of those that the list speaks of

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_title;
    NoticeLine *m_outcome;
    QTreeWidget *m_list;
    QPushButton *m_repair;
    QPushButton *m_back;
    QString m_text;
};

} // namespace Galley
