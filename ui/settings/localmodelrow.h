#pragma once

#include "core/service/localmodels.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Galley {

class Chip;
class ElidedLabel;
class NoticeLine;

/// One model of this machine on the Models page: what it is, whether it can run here, its files, and what can be done with it. Says what is wanted;
/// the page does it.
class LocalModelRow : public QFrame
{
    Q_OBJECT

public:
    LocalModelRow(const LocalModelCard &card, bool isLimited, QWidget *parent = nullptr);

    /// \a isLimited: a person has said how much memory models may take.
    void showCard(const LocalModelCard &card, bool isLimited);
    /// Whether drafts are made with it.
    void setUsed(bool used);
    /// While files are read, nothing else is begun.
    void setBusy(bool busy);
    QString id() const { return m_card.entry.id; }

Q_SIGNALS:
    void useWanted(const QString &id);
    void checkWanted(const QString &id);
    void licenceWanted(const QString &id);
    void removeWanted(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void makeButtons(QVBoxLayout *column);

    LocalModelCard m_card;
    QLabel *m_name;
    Chip *m_family;
    Chip *m_used;
    QLabel *m_facts;
    NoticeLine *m_fits;
    NoticeLine *m_files;
    ElidedLabel *m_path;
    QPushButton *m_use;
    QPushButton *m_check;
    QPushButton *m_licence;
    QPushButton *m_remove;
    bool m_isUsed = false;
    bool m_isBusy = false;
};

/// Whether the model can run here, in one sentence with numbers, and how serious that is (a NoticeLine::Kind).
struct FitsNotice
{
    int kind = 0;
    QString sentence;
};
FitsNotice fitsNotice(const LocalModelCard &card, bool isLimited);

} // namespace Galley
