#pragma once

#include "core/store/libraryquery.h"

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace Galley {

class ChipRow;
class Segmented;
class StarsField;

/// Stars, pick, tags and note of the chosen pictures, to be changed: what they have in common is shown, what differs is said. A note is taken over when the
/// field is left, or by Ctrl+Enter.
class JudgementForm : public QWidget
{
    Q_OBJECT

public:
    explicit JudgementForm(QWidget *parent = nullptr);

    /// Of the pictures \a ids; a note that is being typed for other ones is handed over first, for the same ones it stays.
    void showPictures(const QList<qint64> &ids, const QList<Judgement> &judgements);
    void setKnownTags(const QStringList &tags);
    void setReadOnly(const QString &why);
    void editTags();
    void editNote();
    /// Hands over what is being typed.
    void finish();

Q_SIGNALS:
    void edited(const QList<qint64> &ids, const JudgementEdit &edit);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addTag();

    QList<qint64> m_ids;
    QStringList m_tags;        ///< that all of them have
    QString m_note;            ///< as it is stored
    StarsField *m_stars;
    Segmented *m_pick;
    ChipRow *m_tagRow;
    QLineEdit *m_newTag;
    QPlainTextEdit *m_noteField;
    QString m_readOnly;
};

} // namespace Galley
