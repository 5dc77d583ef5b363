#pragma once

#include "core/service/finalservice.h"
#include "ui/finals/finalchoice.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace Galley {

struct Draft;
class DraftService;
struct KeptDraft;
class NoticeLine;
class NumberField;
class PictureView;
class QuoteView;
class RowBatch;
class Segmented;
class TemplateDocument;

/// "Render final": everything that is said and chosen before anything is spent. Not modal: the template can be edited beside it, and price and
/// reasons follow. Ctrl+Enter sends, Escape closes. GUI thread; owns nothing that it is given, all of which outlives it.
class FinalSheet : public QDialog
{
    Q_OBJECT

public:
    FinalSheet(FinalService *finals, TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);
    ~FinalSheet() override;

    const FinalChoice &choice() const { return m_choice; }
    void setChoice(const FinalChoice &choice);
    void setAllRows(bool all);
    /// One part of a final is drawn anew: the final is the start picture, whatever the choice says. It lasts until it is set anew; choices that are made
    /// meanwhile are not those of other finals. Absent: a whole final.
    void setEdit(const std::optional<FinalEdit> &edit);
    const std::optional<FinalEdit> &edit() const { return m_edit; }
    int draftSeed() const;
    QuoteView *quoteView() const { return m_view; }
    QPushButton *sendButton() const { return m_send; }
    void send();

    /// Puts the draft on screen into the library, so that what is sent can name what was approved; empty: nothing is kept.
    std::function<QFuture<Result<KeptDraft>>(const Draft &)> keepDraft;

Q_SIGNALS:
    void choiceChanged(const Galley::FinalChoice &choice);
    void submitted(qint64 job);                       ///< one final is queued
    void batchSubmitted(int count, const QString &failure);
    void failed(const QString &sentence);
    /// \a place: a backend's id, "budget" or "network".
    void servicesWanted(const QString &place);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeForm();
    void makeButtons();
    void fillModels();
    void choose(const std::function<void(FinalChoice &)> &edit);
    void later();
    void refresh();
    QWidget *makeEdit();
    void showEdit();
    QString modelForParts(const QString &maker) const;
    void fitHeight(bool exactly);
    void showChoice();
    void showSupport(const Quote &quote);
    void showRows();
    void showSend();
    void keepApproved(const Draft &draft, const Template &source, const std::function<void()> &then);
    QString approvedFor(const Row &row) const;
    void submitOne(RenderRequest request, const Draft &draft, bool takesStart);
    void submitWith(const RenderRequest &request, const QImage &draft);
    RenderRequest request(const Row &row) const;
    QString remedyOf(const Quote &quote, QString &place) const;

    FinalService *m_finals;
    TemplateDocument *m_document;
    DraftService *m_draft;
    FinalChoice m_choice;
    std::optional<FinalEdit> m_edit;
    std::optional<Quote> m_quote;
    QTimer m_timer;
    RowBatch *m_batch;
    QString m_place;
    std::optional<Row> m_approvedRow;  ///< whose draft was on screen when the last sending began
    QString m_approved;                ///< its digest in the library
    bool m_sending = false;
    QFormLayout *m_form = nullptr;
    QWidget *m_inside = nullptr;   ///< what scrolls where the screen is small
    QWidget *m_buttons = nullptr;
    QWidget *m_editPlace = nullptr;
    PictureView *m_editView = nullptr;
    NoticeLine *m_editWords = nullptr;
    Segmented *m_tier;
    QComboBox *m_model;
    Segmented *m_seed;
    NumberField *m_count;
    NumberField *m_guidance;
    QLineEdit *m_negative;
    QCheckBox *m_sendDraft;
    NumberField *m_strength;
    QCheckBox *m_allRows;
    QCheckBox *m_mayShrink;
    QuoteView *m_view;
    QPushButton *m_send;
};

} // namespace Galley
