#pragma once

#include "core/service/libraryservice.h"
#include "ui/queue/modelnames.h"

#include <QPixmap>
#include <QScrollArea>
#include <QTimer>

class QFormLayout;
class QLabel;
class QPlainTextEdit;

namespace Galley {

class ElidedLabel;
class JudgementForm;
class NoticeLine;
class PictureFrame;
class SectionHeader;

/// Everything about the chosen picture; of several, what they have in common. What needs the library is asked when the choice rests, and never for a picture
/// that is no longer chosen.
class DetailsPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit DetailsPanel(LibraryService *library, QWidget *parent = nullptr);

    void setNames(const ModelNames &names);
    /// \a cards: as many of \a ids as are known; \a thumbnail: of the first.
    void showPictures(const QList<qint64> &ids, const QList<LibraryCard> &cards, const QPixmap &thumbnail);
    JudgementForm *judgement() const { return m_judgement; }
    QString text() const;  ///< everything it says (tests, copying)

Q_SIGNALS:
    void message(const QString &sentence);
    /// What is known of the one picture has come, or of none when others are chosen.
    void recordShown(const AssetRecord &record);
    void renderAnewWanted();

private:
    void layOut();
    QWidget *makeCached();
    QWidget *addSection(const QString &title, QWidget *body, bool open);
    void showOne(const LibraryCard &card);
    void showSeveral(const QList<LibraryCard> &cards, int count);
    void addFact(const QString &title, const QString &text);
    void load();
    void showRecord(const AssetRecord &record);
    void showScores(const QList<PictureScore> &scores);
    void takePicture(const LibraryPicture &picture);

    LibraryService *m_library;
    ModelNames m_names;
    QList<qint64> m_ids;
    QTimer m_rest;
    int m_serial = 0;
    qint64 m_pictureOf = 0;        ///< what the frame shows, or is about to
    PictureFrame *m_picture;
    QLabel *m_title;
    QLabel *m_way;
    NoticeLine *m_trouble;
    QWidget *m_cached;             ///< that it came out of the cache, and what can be done about it
    JudgementForm *m_judgement;
    QWidget *m_facts;
    QFormLayout *m_factLines;
    QLabel *m_reasons;
    QPlainTextEdit *m_prompt;
    QWidget *m_scores;
    QLabel *m_times;
    QPlainTextEdit *m_provenance;
    QList<QWidget *> m_ofOne;      ///< sections that only one picture has
    QList<std::pair<QString, QString>> m_said;
};

/// A picture in a frame whose size does not follow the picture's: nothing below it moves.
class PictureFrame : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    void setPicture(const QPixmap &pixmap);
    QSize sizeHint() const override { return {260, 220}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPixmap m_pixmap;
};

} // namespace Galley
