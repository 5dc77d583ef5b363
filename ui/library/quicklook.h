#pragma once

#include "core/service/libraryservice.h"

#include <QWidget>

namespace Galley {

/// One picture as large as the workspace, over everything in it: Space or Escape closes it, arrows step, the keys of judging work as in the grid. Asks for the
/// picture as people see it (with what is set over it); until that is there its thumbnail stands in.
class QuickLook : public QWidget
{
    Q_OBJECT

public:
    explicit QuickLook(LibraryService *library, QWidget *parent = nullptr);

    void open(qint64 id, const QPixmap &thumbnail, const QString &title);
    void showPicture(qint64 id, const QPixmap &thumbnail, const QString &title);
    qint64 picture() const { return m_id; }
    QString problem() const { return m_problem; }

Q_SIGNALS:
    void stepWanted(int by);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void take(const LibraryPicture &picture);
    QRect placeOfPicture() const;

    LibraryService *m_library;
    QFuture<Result<LibraryPicture>> m_asked;
    qint64 m_id = 0;
    QString m_title;
    QString m_problem;
    QString m_profile;
    QPixmap m_thumbnail;
    QPixmap m_picture;   ///< not larger than the screen shows
    QSize m_size;        ///< of the picture itself
};

} // namespace Galley
