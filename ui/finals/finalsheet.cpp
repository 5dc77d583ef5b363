#include "ui/finals/finalsheet.h"

#include "core/base/async.h"
#include "core/composition/scene.h"
#include "core/service/draftservice.h"
#include "core/service/finalplan.h"
#include "core/service/libraryservice.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/pictureview.h"
#include "ui/finals/quoteview.h"
#include "ui/finals/rowbatch.h"
#include "ui/queue/jobtext.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTimer>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int delayMs = 120;
constexpr int sheetWidth = 560;
constexpr int editHeight = 180;
constexpr double partStrength = 0.8;  ///< a part that is to be another one needs more freedom than a draft
constexpr int longestNegative = 2000;
constexpr double mostGuidance = 30;
constexpr double guidanceStep = 0.5;

const std::pair<Fidelity, const char *> tiers[]{{Fidelity::Final, QT_TRANSLATE_NOOP("Galley::FinalSheet", "Final")},
                                                {Fidelity::Mid, QT_TRANSLATE_NOOP("Galley::FinalSheet", "Mid")}};

} // namespace

FinalSheet::FinalSheet(FinalService *finals, TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QDialog(parent)
    , m_finals(finals)
    , m_document(document)
    , m_draft(draft)
    , m_batch(new RowBatch(finals, this))
    , m_tier(new Segmented(tr("Care"), this))
    , m_model(new QComboBox(this))
    , m_seed(new Segmented(tr("Seed"), this))
    , m_count(new NumberField(QString(), tr("Number of pictures"), this))
    , m_guidance(new NumberField(QString(), tr("How closely the model keeps to the prompt"), this))
    , m_negative(new QLineEdit(this))
    , m_sendDraft(new QCheckBox(tr("Send the draft as start picture"), this))
    , m_strength(new NumberField(QString(), tr("How far the model may go from the draft"), this))
    , m_allRows(new QCheckBox(this))
    , m_mayShrink(new QCheckBox(tr("Rather a smaller picture than none"), this))
    , m_view(new QuoteView(this))
    , m_send(new QPushButton(this))
{
    setObjectName(QStringLiteral("finalSheet"));
    setWindowTitle(tr("Render Final"));
    makeForm();
    makeButtons();
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &FinalSheet::refresh);
    connect(document, &TemplateDocument::changed, this, &FinalSheet::later);
    connect(document, &TemplateDocument::currentRowChanged, this, &FinalSheet::later);
    connect(document, &TemplateDocument::rowsChanged, this, &FinalSheet::later);
    connect(draft, &DraftService::sceneChanged, this, &FinalSheet::later);
    connect(finals, &FinalService::catalogueChanged, this, [this] {
        fillModels();
        later();
    });
    connect(finals, &FinalService::backendsChanged, this, &FinalSheet::later);
    connect(finals, &FinalService::spentChanged, this, &FinalSheet::later);
    connect(m_view, &QuoteView::remedyWanted, this, [this] { Q_EMIT servicesWanted(m_place); });
    connect(m_batch, &RowBatch::priced, this, &FinalSheet::showSend);
    connect(m_batch, &RowBatch::sent, this, &FinalSheet::showSend);
    connect(m_batch, &RowBatch::finished, this, [this](int count, const QString &failure) {
        m_sending = false;
        hide();
        Q_EMIT batchSubmitted(count, failure);
    });
    fillModels();
    resize(sheetWidth, sizeHint().height());
}

FinalSheet::~FinalSheet() = default;

void FinalSheet::makeForm()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_inside = new QWidget(scroll);
    scroll->setWidget(m_inside);
    outer->addWidget(scroll, 1);
    auto *column = new QVBoxLayout(m_inside);
    column->setContentsMargins(Theme::space4, Theme::space4, Theme::space4, Theme::space2);
    column->setSpacing(Theme::space4);
    m_form = new QFormLayout;
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(Theme::space3);
    m_form->setVerticalSpacing(Theme::space2);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const auto &[tier, name] : tiers)
        m_tier->addSegment(tr(name), {}, tier == Fidelity::Final ? tr("The best model for the purpose") : tr("A cheaper look before the final"));
    m_model->setAccessibleName(tr("Model"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(20);
    m_seed->addSegment(QString(), {}, tr("The seed of the draft goes along, so that a repetition can give the same picture."));
    m_seed->addSegment(tr("Any"), {}, tr("The service takes a seed of its own."));
    m_count->setDecimals(0);
    m_count->setRange(1, 10);
    m_guidance->setDecimals(1);
    m_guidance->setRange(0, mostGuidance);
    m_guidance->setSingleStep(guidanceStep);
    m_guidance->setSpecialValueText(tr("not set"));
    m_guidance->setToolTip(tr("How closely the model keeps to the prompt: 3 is loose, 10 strict. 0 leaves it to the service."));
    m_negative->setAccessibleName(tr("Negative prompt"));
    m_negative->setPlaceholderText(tr("What must not be in the picture"));
    m_negative->setMaxLength(longestNegative);
    m_strength->setDecimals(0);
    m_strength->setRange(0, 100);
    m_strength->setUnit(QStringLiteral(" %"));
    m_strength->setToolTip(tr("0 % leaves the draft as it is, 100 % takes it only as a hint."));
    m_mayShrink->setObjectName(QStringLiteral("mayShrink"));
    m_mayShrink->setToolTip(tr("When the memory of this machine does not suffice, the model makes a smaller picture, and it is said on the picture. Otherwise the final fails."));
    m_form->addRow(tr("Care"), m_tier);
    m_form->addRow(tr("Model"), m_model);
    m_form->addRow(tr("Seed"), m_seed);
    m_form->addRow(tr("Pictures"), m_count);
    m_form->addRow(tr("Guidance"), m_guidance);
    m_form->addRow(tr("Without"), m_negative);
    m_form->addRow(tr("Draft"), m_sendDraft);
    m_form->addRow(tr("Freedom"), m_strength);
    m_form->addRow(tr("Memory"), m_mayShrink);
    m_form->addRow(tr("Rows"), m_allRows);
    // As wide as the widest, whichever are there: fields do not move when another model brings other rows.
    int widest = 0;
    for (int i = 0; i < m_form->rowCount(); ++i)
        widest = qMax(widest, m_form->itemAt(i, QFormLayout::LabelRole)->widget()->sizeHint().width());
    for (int i = 0; i < m_form->rowCount(); ++i)
        m_form->itemAt(i, QFormLayout::LabelRole)->widget()->setMinimumWidth(widest);
    column->addWidget(makeEdit());
    column->addLayout(m_form);
    column->addWidget(m_view, 1);
    connect(m_tier, &Segmented::chosen, this, [this](int index) { choose([index](FinalChoice &choice) { choice.tier = tiers[index].first; }); });
    connect(m_model, &QComboBox::activated, this,
            [this] { choose([this](FinalChoice &choice) { choice.model = m_model->currentData().toString(); }); });
    connect(m_seed, &Segmented::chosen, this, [this](int index) { choose([index](FinalChoice &choice) { choice.draftSeed = index == 0; }); });
    connect(m_count, &NumberField::valueEdited, this, [this](double value) { choose([value](FinalChoice &choice) { choice.count = int(value); }); });
    connect(m_guidance, &NumberField::valueEdited, this, [this](double value) { choose([value](FinalChoice &choice) { choice.guidance = value; }); });
    connect(m_negative, &QLineEdit::textEdited, this,
            [this](const QString &text) { choose([&text](FinalChoice &choice) { choice.negativePrompt = text; }); });
    connect(m_sendDraft, &QCheckBox::toggled, this, [this](bool on) { choose([on](FinalChoice &choice) { choice.sendDraft = on; }); });
    connect(m_strength, &NumberField::valueEdited, this,
            [this](double value) { choose([value](FinalChoice &choice) { choice.strength = value / 100; }); });
    connect(m_mayShrink, &QCheckBox::toggled, this, [this](bool on) { choose([on](FinalChoice &choice) { choice.mayShrink = on; }); });
    connect(m_allRows, &QCheckBox::toggled, this, &FinalSheet::refresh);
}

QWidget *FinalSheet::makeEdit()
{
    m_editPlace = new QWidget(m_inside);
    auto *column = new QVBoxLayout(m_editPlace);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::space2);
    m_editView = new PictureView(m_editPlace);
    m_editView->setFixedHeight(editHeight);
    m_editWords = new NoticeLine(m_editPlace);
    m_editWords->setObjectName(QStringLiteral("redoWords"));
    column->addWidget(m_editView);
    column->addWidget(m_editWords);
    m_editPlace->hide();
    return m_editPlace;
}

void FinalSheet::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_send, QDialogButtonBox::AcceptRole);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    buttons->setContentsMargins(Theme::space4, Theme::space3, Theme::space4, Theme::space4);
    m_send->setObjectName(QStringLiteral("sendFinal"));
    m_send->setDefault(true);
    layout()->addWidget(buttons);
    m_buttons = buttons;
    connect(buttons, &QDialogButtonBox::accepted, this, &FinalSheet::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Held down it must not open the sheet and send in one go.
    auto *shortcut = new QAction(tr("Send"), this);
    shortcut->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    shortcut->setAutoRepeat(false);
    addAction(shortcut);
    connect(shortcut, &QAction::triggered, this, &FinalSheet::send);
}

void FinalSheet::fillModels()
{
    m_model->clear();
    m_model->addItem(tr("As the rules say"), QString());
    auto *items = qobject_cast<QStandardItemModel *>(m_model->model());
    for (const QString &id : m_finals->selectableModels()) {
        const ModelEntry *entry = m_finals->catalogue().findModel(id);
        const QString label = entry && !entry->label.isEmpty() ? entry->label : id;
        const QString retired = m_finals->retiredSentence(id);
        m_model->addItem(retired.isEmpty() ? label : tr("%1 (retired)").arg(label), id);
        if (retired.isEmpty())
            continue;
        items->item(m_model->count() - 1)->setEnabled(false);
        m_model->setItemData(m_model->count() - 1, retired, Qt::ToolTipRole);
        m_model->setItemData(m_model->count() - 1, retired, Qt::AccessibleDescriptionRole);
    }
    m_model->setCurrentIndex(qMax(0, m_model->findData(m_choice.model)));
}

void FinalSheet::setChoice(const FinalChoice &choice)
{
    m_choice = choice;
    showChoice();
    refresh();
}

void FinalSheet::setEdit(const std::optional<FinalEdit> &edit)
{
    if (!edit && !m_edit)
        return;
    m_edit = edit;
    setWindowTitle(edit ? tr("Redo a Part") : tr("Render Final"));
    if (edit) {
        m_choice.model = modelForParts(edit->model);
        m_choice.strength = partStrength;
        m_choice.sendDraft = false;
        m_allRows->setChecked(false);
    }
    showEdit();
    refresh();
}

/// The model that made the picture, where it can keep a part of it; else the first that can. Which one is said, and can be changed, before anything is sent.
QString FinalSheet::modelForParts(const QString &maker) const
{
    const ModelCatalogue &models = m_finals->catalogue();
    for (const QString &id : QStringList{maker} + m_finals->selectableModels()) {
        const ModelEntry *model = models.findModel(id);
        const BackendEntry *backend = model ? models.findBackend(model->backend) : nullptr;
        if (backend && m_finals->retiredSentence(id).isEmpty() && canHonour(*model, *backend, "mask"))
            return id;
    }
    return maker;
}

void FinalSheet::showEdit()
{
    m_editPlace->setVisible(m_edit.has_value());
    if (!m_edit)
        return;
    const Token *token = m_document->value().findToken(m_edit->token);
    m_editView->setRatio(m_edit->picture.size());
    m_editView->setPicture(m_edit->picture);
    m_editView->setMark(token ? QRectF(token->box.x, token->box.y, token->box.width, token->box.height) : QRectF());
    m_editView->setAccessibleName(tr("The final, with the area of %1 marked").arg(m_edit->token));
    if (m_quote && !canHonour(m_quote->model, m_quote->backend, "image")) {
        m_editWords->showNotice(NoticeLine::Kind::Warning,
                                tr("%1 cannot begin with a picture: a whole new one would be made. Choose another model.").arg(m_quote->model.label));
        return;
    }
    const bool keeps = m_quote && canHonour(m_quote->model, m_quote->backend, "mask");
    m_editWords->showNotice(NoticeLine::Kind::Info,
                            keeps ? tr("The model begins with this final. Only the marked area of \"%1\" is drawn anew; the rest is kept.").arg(m_edit->token)
                                  : tr("The model begins with this final."));
}

void FinalSheet::setAllRows(bool all)
{
    m_allRows->setChecked(all && !m_document->rows().rows.isEmpty());
}

int FinalSheet::draftSeed() const
{
    return m_draft->draft().options.seed;
}

void FinalSheet::choose(const std::function<void(FinalChoice &)> &edit)
{
    FinalChoice choice = m_choice;
    edit(choice);
    if (choice == m_choice)
        return;
    m_choice = choice;
    refresh();
    if (!m_edit)
        Q_EMIT choiceChanged(m_choice);
}

void FinalSheet::later()
{
    if (isVisible() && !m_timer.isActive())
        m_timer.start();
}

RenderRequest FinalSheet::request(const Row &row) const
{
    RenderRequest request = finalRequest(m_document, row, m_choice, draftSeed());
    if (m_edit) {
        request.sendDraft = false;
        request.startAsset = m_edit->asset;
        request.redo = {m_edit->token};
    }
    return request;
}

void FinalSheet::refresh()
{
    const Result<Quote> quote = m_finals->quote(request(m_document->row()));
    m_place.clear();
    if (quote) {
        m_quote = *quote;
        m_view->showQuote(*quote, remedyOf(*quote, m_place));
        showSupport(*quote);
    } else {
        m_quote.reset();
        m_view->showError(quote.error().message, {});
    }
    showEdit();
    showChoice();
    showRows();
    showSend();
    fitHeight(false);
}

/// As high as what it says, so that nothing is scrolled to before money is spent and nothing gapes. While it is open it only grows: its buttons stay
/// where they are under somebody's hand.
void FinalSheet::fitHeight(bool exactly)
{
    if (!isVisible() && !exactly)
        return;
    QLayout *inside = m_inside->layout();
    inside->activate();
    const int content = inside->hasHeightForWidth() ? inside->totalHeightForWidth(width()) : inside->totalSizeHint().height();
    const int most = screen() ? screen()->availableGeometry().height() * 9 / 10 : content;
    const int wanted = qMin(content + m_buttons->sizeHint().height(), most);
    if (exactly || wanted > height())
        resize(width(), wanted);
}

void FinalSheet::showChoice()
{
    m_tier->setCurrentIndex(m_choice.tier == Fidelity::Mid ? 1 : 0);
    m_model->setCurrentIndex(qMax(0, m_model->findData(m_choice.model)));
    m_seed->button(0)->setText(tr("As the draft: %1").arg(draftSeed()));
    m_seed->button(0)->setAccessibleName(m_seed->accessibleName() + QStringLiteral(": ") + m_seed->button(0)->text());
    m_seed->setCurrentIndex(m_choice.draftSeed ? 0 : 1);
    m_count->showValue(m_choice.count);
    m_guidance->showValue(m_choice.guidance);
    if (m_negative->text() != m_choice.negativePrompt)
        m_negative->setText(m_choice.negativePrompt);
    m_sendDraft->setChecked(m_choice.sendDraft);
    m_strength->showValue(m_choice.strength * 100);
    m_mayShrink->setChecked(m_choice.mayShrink);
}

/// A control that does not reach the model is not there; what was chosen in it is announced by the quote.
void FinalSheet::showSupport(const Quote &quote)
{
    const auto reaches = [&quote](const char *feature) { return canHonour(quote.model, quote.backend, feature); };
    const auto row = [this](QWidget *field, bool there) {
        field->setVisible(there);
        m_form->labelForField(field)->setVisible(there);
    };
    row(m_seed, reaches("seed"));
    row(m_count, reaches("count"));
    row(m_guidance, reaches("guidance"));
    row(m_negative, reaches("negative"));
    row(m_sendDraft, reaches("image") && !m_edit);
    row(m_strength, reaches("strength") && (m_choice.sendDraft || m_edit));
    row(m_mayShrink, quote.backend.kind == QLatin1String("local"));
}

void FinalSheet::showRows()
{
    const QList<Row> &rows = m_document->rows().rows;
    const bool there = !rows.isEmpty() && !m_edit;
    m_allRows->setVisible(there);
    m_form->labelForField(m_allRows)->setVisible(there);
    m_allRows->setText(tr("Render all %n rows", nullptr, int(rows.size())));
    if (!there)
        m_allRows->setChecked(false);
    if (m_batch->isSending() || m_sending)
        return;  // what is being sent is not what is edited now
    if (!m_allRows->isChecked()) {
        m_batch->stop();
        return;
    }
    RenderRequest common = request({});
    common.sendDraft = false;  // there is a draft of one row only
    m_batch->price(rows, [this, common](const Row &row) {
        RenderRequest each = common;
        each.row = row;
        each.approvedDraft = approvedFor(row);
        return each;
    });
}

void FinalSheet::showSend()
{
    const bool all = m_allRows->isChecked();
    const bool priced = m_batch->isPriced();
    const QString count = tr("%n pictures", nullptr, m_batch->count());
    const QString total = m_batch->unknownPrices() == 0 ? priceText(m_batch->totalUsd())
                          : m_batch->totalUsd() > 0     ? tr("more than %1").arg(moneyText(m_batch->totalUsd()))
                                                        : unknownPriceText();
    if (all) {
        m_view->showTotal(!priced ? tr("%1: adding up …").arg(count)
                          : m_batch->unknownPrices() > 0 ? tr("%1: %2").arg(count, total)
                                                         : tr("%1: about %2").arg(count, total));
        if (m_batch->failures() > 0)
            m_view->showError(tr("%n rows cannot be sent.", nullptr, m_batch->failures()) + u' ' + m_batch->firstFailure(), {});
    }
    const bool waits = m_quote && !m_quote->obstacle.isEmpty() && !m_quote->blocked;
    const QString verb = waits ? tr("Queue It") : all ? tr("Render All") : m_edit ? tr("Redo") : tr("Render");
    m_send->setText(m_quote ? verb + QStringLiteral(" · ") + (all ? total : quotePrice(*m_quote)) : verb);
    m_send->setEnabled(m_quote && !m_quote->blocked && !m_sending && (!all || (priced && m_batch->failures() == 0)));
    m_send->setToolTip(!m_quote         ? tr("This cannot be rendered; the sentence above says why.")
                       : m_quote->blocked ? m_quote->obstacle
                       : waits            ? tr("It waits in the queue until it can be sent.")
                                          : withShortcut(tr("Send it"), QKeySequence(Qt::CTRL | Qt::Key_Return)));
}

QString FinalSheet::remedyOf(const Quote &quote, QString &place) const
{
    place.clear();
    if (quote.obstacle.isEmpty())
        return {};
    if (quote.blocked) {
        place = QStringLiteral("budget");
        return tr("Change the Budget …");
    }
    for (const BackendStatus &status : m_finals->backends()) {
        if (quote.waitsForNetwork || status.backend.id != quote.backend.id || !status.isKeyAbsent())
            continue;
        place = status.backend.id;
        return tr("Add Key …");
    }
    place = QStringLiteral("network");
    return tr("Services and Keys …");
}

void FinalSheet::send()
{
    if (m_timer.isActive()) {
        // What is on the button must be what is sent.
        m_timer.stop();
        refresh();
    }
    if (!m_send->isEnabled())
        return;
    m_sending = true;
    showSend();
    const RenderRequest request = m_quote->request;
    const bool takesStart = canHonour(m_quote->model, m_quote->backend, "image");
    // As it is now: while it is kept somebody may go on to another row.
    const Draft draft = m_draft->draft();
    keepApproved(draft, request.source, [this, request, draft, takesStart, isBatch = m_allRows->isChecked()] {
        if (isBatch)
            m_batch->submit();
        else
            submitOne(request, draft, takesStart);
    });
}

/// What somebody looks at while they send is what they approve. Without it, or where it cannot be kept, the final is sent all the same: whoever compares
/// is told that there was none.
void FinalSheet::keepApproved(const Draft &draft, const Template &source, const std::function<void()> &then)
{
    m_approvedRow.reset();
    m_approved.clear();
    if (!keepDraft || m_draft->state() != DraftService::State::Current || draft.source != source)
        return then();
    onFinished(keepDraft(draft), this, [this, then, row = draft.row](const QFuture<Result<KeptDraft>> &done) {
        if (done.resultCount() > 0 && done.result()) {
            m_approvedRow = row;
            m_approved = done.result()->digest;
        }
        then();
    });
}

QString FinalSheet::approvedFor(const Row &row) const
{
    return m_approvedRow == row ? m_approved : QString();
}

void FinalSheet::submitOne(RenderRequest request, const Draft &draft, bool takesStart)
{
    request.approvedDraft = approvedFor(request.row);
    if (!takesStart || !request.sendDraft) {
        submitWith(request, {});
        return;
    }
    const auto composed = runOn(QThreadPool::globalInstance(), [draft] {
        ScenePainter painter;
        return painter.compose(startScene(draft.scene, draft.variant), draft.pictures, draft.scene.canvas);
    });
    onFinished(composed, this, [this, request](const QFuture<QImage> &done) { submitWith(request, done.result()); });
}

void FinalSheet::submitWith(const RenderRequest &request, const QImage &draft)
{
    onFinished(m_finals->submit(request, Lane::Final, draft), this, [this](const QFuture<Result<qint64>> &done) {
        m_sending = false;
        const Result<qint64> id = done.resultCount() > 0 ? done.result()
                                                         : Result<qint64>(fail(ErrorCode::Cancelled, tr("Nothing was sent.")));
        if (id) {
            hide();
            Q_EMIT submitted(*id);
            return;
        }
        showSend();
        m_view->showError(id.error().message, {});
        Q_EMIT failed(id.error().message);
    });
}

/// Enter ends the field that it is pressed in. It sends only from the button itself: nothing is spent by the way.
void FinalSheet::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter || m_send->hasFocus())
        QDialog::keyPressEvent(event);
}

void FinalSheet::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    refresh();
    fitHeight(true);
    QTimer::singleShot(0, this, [this] { fitHeight(false); });  // notices inside know their height once they were laid out
    m_send->setFocus(Qt::OtherFocusReason);
}

void FinalSheet::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    if (!m_sending)
        m_batch->stop();
}

} // namespace Galley
