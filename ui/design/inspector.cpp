#include "ui/design/inspector.h"

#include "core/service/draftservice.h"
#include "core/template/tokenseed.h"
#include "ui/design/candidates.h"
#include "ui/design/palettefield.h"
#include "ui/design/slottypes.h"
#include "ui/design/templateedits.h"
#include "ui/design/tokeneditor.h"
#include "ui/design/wordsfield.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/colorfield.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Galley {

namespace {

/// What \a get gives for all of \a tokens, or nothing when they differ.
template<typename Get>
auto shared(const QList<Token> &tokens, Get get) -> std::optional<std::decay_t<decltype(get(tokens.first()))>>
{
    const auto first = get(tokens.first());
    for (const Token &token : tokens) {
        if (get(token) != first)
            return std::nullopt;
    }
    return first;
}

} // namespace

Inspector::Inspector(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QScrollArea(parent)
    , m_document(document)
    , m_draft(draft)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(this);
    m_layout = new QVBoxLayout(body);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_title = new QLabel(body);
    m_title->setFont(Theme::titleFont());
    m_title->setContentsMargins(Theme::space3, Theme::space3, Theme::space2, Theme::space1);
    m_title->setWordWrap(true);
    m_layout->addWidget(m_title);
    m_source = new QLabel(body);
    m_source->setFont(Theme::secondaryFont());
    m_source->setWordWrap(true);
    m_source->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space2);
    m_layout->addWidget(m_source);
    m_empty = new EmptyState(QStringLiteral("near_me"), tr("Select a token to see and change it."), body);
    m_layout->addWidget(m_empty);
    buildWords();
    buildPlace();
    buildType();
    buildLook();
    m_layout->addStretch(1);
    setWidget(body);
    connect(document, &TemplateDocument::changed, this, &Inspector::refresh);
    connect(document, &TemplateDocument::selectionChanged, this, &Inspector::refresh);
    connect(document, &TemplateDocument::replaced, this, &Inspector::refresh);
    connect(document, &TemplateDocument::readOnlyChanged, this, &Inspector::refresh);
    if (draft) {
        connect(draft, &DraftService::subjectChanged, this, &Inspector::refresh);
        connect(draft, &DraftService::sceneChanged, this, [this] { // a cached subject comes without a signal of its own
            const QList<Token> tokens = selected();
            if (tokens.size() == 1)
                showSubject(tokens.first());
        });
    }
    refresh();
}

QFormLayout *Inspector::section(const QString &title, Applies applies)
{
    auto *header = new SectionHeader(title, widget());
    header->setMinor(true);
    auto *body = new QWidget(this);
    auto *form = new QFormLayout(body);
    form->setContentsMargins(Theme::space3, 0, Theme::space2, Theme::space3);
    form->setSpacing(Theme::space2);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->addWidget(header);
    m_layout->addWidget(body);
    header->setBody(body);
    m_shows.append([header, body, applies](const QList<Token> &tokens) {
        const bool shown = !tokens.isEmpty() && std::all_of(tokens.begin(), tokens.end(), applies);
        header->setVisible(shown);
        body->setVisible(shown && header->isExpanded());
    });
    return form;
}

void Inspector::addNumber(QFormLayout *form, const QString &letter, const QString &label, double least, double most,
                          int decimals, const QString &unit, std::function<double(const Token &)> get,
                          std::function<void(Token &, double)> set, QWidget *into)
{
    auto *field = new NumberField(letter, label, into ? into : form->parentWidget());
    field->setRange(least, most);
    field->setDecimals(decimals);
    field->setUnit(unit);
    if (into)
        into->layout()->addWidget(field);
    else
        form->addRow(label, field);
    connect(field, &NumberField::valueEdited, this, [this, label, set](double value) {
        edit(tr("Change %1 of %2").arg(label.toLower()), [&](Token &token) { set(token, value); }, QStringLiteral("number:") + label);
    });
    connect(field, &NumberField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([field, get](const QList<Token> &tokens) {
        if (tokens.isEmpty())
            return;
        const std::optional<double> value = shared(tokens, get);
        field->showValue(value.value_or(get(tokens.first())));
        field->setMixed(!value); // after the value, which would end it
    });
}

void Inspector::buildPlace()
{
    QFormLayout *form = section(tr("Place"), [](const Token &) { return true; });
    auto *grid = new QWidget(form->parentWidget());
    auto *layout = new QGridLayout(grid);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space2);
    struct Side
    {
        QString letter;
        QString name;
        double Box::*member;
        bool across;
    };
    const Side sides[] = {{QStringLiteral("X"), tr("Left edge"), &Box::x, true},
                          {QStringLiteral("Y"), tr("Top edge"), &Box::y, false},
                          {tr("W"), tr("Width"), &Box::width, true},
                          {tr("H"), tr("Height"), &Box::height, false}};
    for (int i = 0; i < 4; ++i) {
        const Side &side = sides[i];
        auto *cell = new QWidget(grid);
        auto *cellLayout = new QVBoxLayout(cell);
        cellLayout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(cell, i / 2, i % 2);
        const auto extent = [this, side] {
            const QSize canvas = m_document->value().canvas.size;
            return double(side.across ? canvas.width() : canvas.height());
        };
        addNumber(form, side.letter, side.name, i < 2 ? -100000 : 1, 100000, 1, QStringLiteral(" px"),
                  [extent, side](const Token &token) { return token.box.*side.member * extent(); },
                  [extent, side](Token &token, double value) { token.box.*side.member = value / extent(); }, cell);
    }
    form->addRow(grid);
}

void Inspector::addWords(QFormLayout *form, const QString &label, const QString &help, QString Token::*member, Applies applies)
{
    auto *field = new WordsField(label, form->parentWidget());
    field->setToolTip(help);
    form->addRow(label, field);
    connect(field, &WordsField::edited, this, [this, label, member](const QString &text) {
        edit(tr("Change %1 of %2").arg(label.toLower()), [&](Token &token) { token.*member = text; }, QStringLiteral("words:") + label);
    });
    connect(field, &WordsField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([form, field, member, applies](const QList<Token> &tokens) {
        const bool shown = !tokens.isEmpty() && std::all_of(tokens.begin(), tokens.end(), applies);
        field->setVisible(shown);
        form->labelForField(field)->setVisible(shown);
        if (!shown)
            return;
        const std::optional<QString> value = shared(tokens, [member](const Token &token) { return token.*member; });
        field->setMixed(!value);
        field->showText(value.value_or(QString()));
    });
    if (member == &Token::text)
        m_textField = field;
    else if (member == &Token::show)
        m_showField = field;
}

void Inspector::buildWords()
{
    QFormLayout *form = section(tr("Content"), [](const Token &) { return true; });
    const auto isText = [](const Token &token) { return token.isTextRole() || token.role == Role::Logo || token.role == Role::Panel; };
    const auto isShown = [](const Token &token) { return token.role == Role::Subject || token.role == Role::Background; };
    addWords(form, tr("Shows"), tr("One thing in plain words. Insert slots as {name}."), &Token::show, isShown);
    addWords(form, tr("Text"), tr("Insert slots as {name}; write {{ for the bracket itself."), &Token::text, isText);
    addWords(form, tr("Image"), tr("A file beside the template, or a slot: {photo}. It takes the place of what is drawn."), &Token::image,
             [](const Token &token) { return !token.isTextRole(); });
    addSeed(form);
    addChoice(form, tr("Made by"), {tr("Set"), tr("Drawn")}, {},
              [](const Token &token) { return token.effectiveMode() == TokenMode::Set ? 0 : 1; },
              [](Token &token, int index) { token.mode = index == 0 ? TokenMode::Set : TokenMode::Drawn; });
}

/// The seed that a subject has for itself, and the way to one.
void Inspector::addSeed(QFormLayout *form)
{
    auto *body = new QWidget(form->parentWidget());
    auto *layout = new QHBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space2);
    auto *candidates = new QPushButton(tr("Four Candidates …"), body);
    candidates->setObjectName(QStringLiteral("candidates"));
    auto *reset = new QPushButton(body);
    reset->setObjectName(QStringLiteral("draftSeed"));
    reset->setAccessibleName(tr("Take the draft's seed again"));
    layout->addWidget(candidates);
    layout->addWidget(reset);
    layout->addStretch(1);
    form->addRow(tr("Seed"), body);
    connect(candidates, &QPushButton::clicked, this, &Inspector::candidatesWanted);
    connect(reset, &QPushButton::clicked, this, [this] { edit(tr("Give %2 the Draft's Seed"), [](Token &token) { setTokenSeed(token, std::nullopt); }); });
    m_shows.append([this, form, body, candidates, reset](const QList<Token> &tokens) {
        const bool shown = tokens.size() == 1 && tokens.first().role == Role::Subject && tokens.first().effectiveMode() == TokenMode::Drawn;
        body->setVisible(shown);
        form->labelForField(body)->setVisible(shown);
        if (!shown)
            return;
        const QString obstacle = candidatesObstacle(*m_document, m_draft);
        candidates->setEnabled(obstacle.isEmpty() && !m_document->isReadOnly());
        candidates->setToolTip(obstacle.isEmpty() ? tr("Draw the selected subject with four seeds and take the best one.") : obstacle);
        const std::optional<int> seed = tokenSeed(tokens.first());
        reset->setVisible(seed.has_value());
        reset->setText(seed ? QString::number(*seed) : QString());
        reset->setIcon(themedIcon(QStringLiteral("close")));
        reset->setAccessibleName(tr("Own seed %1. Take the draft's seed again.").arg(seed.value_or(0)));
        reset->setToolTip(tr("This subject has a seed of its own. Press to take the draft's seed again."));
    });
}

void Inspector::addChoice(QFormLayout *form, const QString &label, const QStringList &names, const QStringList &icons,
                          std::function<int(const Token &)> get, std::function<void(Token &, int)> set)
{
    auto *field = new Segmented(label, form->parentWidget());
    for (qsizetype i = 0; i < names.size(); ++i)
        field->addSegment(icons.isEmpty() ? names.at(i) : QString(), icons.value(i), names.at(i));
    form->addRow(label, field);
    connect(field, &Segmented::chosen, this, [this, label, set](int index) {
        edit(tr("Change %1 of %2").arg(label.toLower()), [&](Token &token) { set(token, index); });
    });
    m_shows.append([field, get](const QList<Token> &tokens) {
        if (!tokens.isEmpty())
            field->setCurrentIndex(shared(tokens, get).value_or(-1));
    });
}

void Inspector::addColor(QFormLayout *form, const QString &label, const QString &emptyText,
                         std::function<QString &(Token &)> access)
{
    auto *field = new ColorField(label, form->parentWidget());
    if (!emptyText.isEmpty())
        field->setEmptyAllowed(emptyText);
    form->addRow(label, field);
    connect(field, &ColorField::valueEdited, this, [this, label, access](const QString &value) {
        edit(tr("Change %1 of %2").arg(label.toLower()), [&](Token &token) { access(token) = value; }, QStringLiteral("color:") + label);
    });
    connect(field, &ColorField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([this, field, access](const QList<Token> &tokens) {
        if (tokens.isEmpty())
            return;
        field->setSwatches(m_document->value().style.palette);
        field->setSlots(colorSlotNames(m_document->value()));
        const auto value = shared(tokens, [access](Token token) { return QString(access(token)); });
        field->setMixed(!value);
        if (value)
            field->setValue(*value);
    });
}

void Inspector::buildLook()
{
    QFormLayout *form = section(tr("Look"), [](const Token &) { return true; });
    addColor(form, tr("Fill"), tr("No fill"), [](Token &token) -> QString & { return token.fill; });
    addNumber(form, QString(), tr("Corner radius"), 0, 4000, 1, QStringLiteral(" px"),
              [this](const Token &token) { return token.radius * m_document->value().canvas.size.height(); },
              [this](Token &token, double value) { token.radius = value / m_document->value().canvas.size.height(); });
    addNumber(form, QString(), tr("Opacity"), 0, 100, 0, QStringLiteral(" %"), [](const Token &token) { return token.opacity * 100; },
              [](Token &token, double value) { token.opacity = value / 100; });
    auto *palette = new PaletteField(tr("Palette"), 5, form->parentWidget());
    palette->setToolTip(tr("The first colour recolours the subject; a ground takes all of them."));
    form->addRow(tr("Palette"), palette);
    connect(palette, &PaletteField::colorsEdited, this, [this](const QStringList &colors) {
        edit(tr("Recolour %2"), [&](Token &token) { token.palette = colors; }, QStringLiteral("palette"));
    });
    connect(palette, &PaletteField::editFinished, m_document, &TemplateDocument::endMerge);
    m_shows.append([this, palette](const QList<Token> &tokens) {
        if (tokens.isEmpty())
            return;
        palette->setSlots(colorSlotNames(m_document->value()));
        palette->setSwatches(m_document->value().style.palette);
        palette->setColors(tokens.first().palette);
    });
}

void Inspector::buildType()
{
    QFormLayout *form = section(tr("Type"), [](const Token &token) { return token.isTextRole(); });
    auto *family = new QComboBox(form->parentWidget());
    family->setAccessibleName(tr("Font"));
    family->addItems(QFontDatabase::families());
    family->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    family->setMinimumContentsLength(8);
    form->addRow(tr("Font"), family);
    connect(family, &QComboBox::textActivated, this, [this](const QString &name) {
        edit(tr("Change the font of %2"), [&](Token &token) { token.style.font.family = name; });
    });
    m_shows.append([family](const QList<Token> &tokens) {
        if (tokens.isEmpty())
            return;
        const auto name = shared(tokens, [](const Token &token) { return token.style.font.family; });
        if (name && family->findText(*name) < 0)
            family->addItem(*name);
        family->setCurrentIndex(name ? family->findText(*name) : -1);
    });
    auto *weight = new QComboBox(form->parentWidget());
    weight->setAccessibleName(tr("Weight"));
    const QStringList weights{tr("Regular"), tr("Medium"), tr("Semibold"), tr("Bold"), tr("Extra bold")};
    for (int i = 0; i < weights.size(); ++i)
        weight->addItem(weights.at(i), 400 + 100 * i);
    form->addRow(tr("Weight"), weight);
    connect(weight, &QComboBox::activated, this, [this, weight] {
        const int value = weight->currentData().toInt();
        edit(tr("Change the weight of %2"), [&](Token &token) { token.style.font.weight = value; });
    });
    m_shows.append([weight](const QList<Token> &tokens) {
        if (tokens.isEmpty())
            return;
        const auto value = shared(tokens, [](const Token &token) { return token.style.font.weight; });
        weight->setCurrentIndex(value ? std::clamp((*value + 50) / 100 - 4, 0, 4) : -1);
    });
    addColor(form, tr("Text colour"), {}, [](Token &token) -> QString & { return token.style.color; });
    addNumber(form, QString(), tr("Size"), 0, 4000, 0, QStringLiteral(" px"),
              [this](const Token &token) { return token.style.size.value_or(0) * m_document->value().canvas.size.height(); },
              [this](Token &token, double value) {
                  if (value > 0)
                      token.style.size = value / m_document->value().canvas.size.height();
                  else
                      token.style.size.reset();
              });
    qobject_cast<NumberField *>(form->itemAt(form->rowCount() - 1, QFormLayout::FieldRole)->widget())
        ->setSpecialValueText(tr("as large as fits"));
    addNumber(form, QString(), tr("Smallest size"), 1, 4000, 0, QStringLiteral(" px"),
              [this](const Token &token) { return token.style.minSize * m_document->value().canvas.size.height(); },
              [this](Token &token, double value) { token.style.minSize = value / m_document->value().canvas.size.height(); });
    addChoice(form, tr("Alignment"), {tr("Left"), tr("Centre"), tr("Right")},
              {QStringLiteral("format_align_left"), QStringLiteral("format_align_center"), QStringLiteral("format_align_right")},
              [](const Token &token) { return int(token.style.align); },
              [](Token &token, int index) { token.style.align = HorizontalAlign(index); });
    addChoice(form, tr("Vertical"), {tr("Top"), tr("Middle"), tr("Bottom")},
              {QStringLiteral("vertical_align_top"), QStringLiteral("vertical_align_center"), QStringLiteral("vertical_align_bottom")},
              [](const Token &token) { return int(token.style.valign); },
              [](Token &token, int index) { token.style.valign = VerticalAlign(index); });
    auto *fit = new QComboBox(form->parentWidget());
    fit->setAccessibleName(tr("When it does not fit"));
    fit->addItems({tr("Shrink"), tr("Wrap"), tr("Grow"), tr("Report")});
    form->addRow(tr("Too long"), fit);
    connect(fit, &QComboBox::activated, this, [this](int index) {
        edit(tr("Change the fit of %2"), [&](Token &token) { token.style.fit = TextFit(index); });
    });
    m_shows.append([fit](const QList<Token> &tokens) {
        if (!tokens.isEmpty())
            fit->setCurrentIndex(shared(tokens, [](const Token &token) { return int(token.style.fit); }).value_or(-1));
    });
    addNumber(form, QString(), tr("Line height"), 50, 400, 0, QStringLiteral(" %"),
              [](const Token &token) { return token.style.lineHeight * 100; },
              [](Token &token, double value) { token.style.lineHeight = value / 100; });
    addNumber(form, QString(), tr("Letter spacing"), -100, 400, 1, QStringLiteral(" px"),
              [this](const Token &token) { return token.style.letterSpacing * m_document->value().canvas.size.height(); },
              [this](Token &token, double value) { token.style.letterSpacing = value / m_document->value().canvas.size.height(); });
    auto *italic = new QCheckBox(tr("Italic"), form->parentWidget());
    form->addRow(QString(), italic);
    connect(italic, &QCheckBox::clicked, this, [this](bool on) {
        edit(tr("Change the slant of %2"), [&](Token &token) { token.style.font.italic = on; });
    });
    m_shows.append([italic](const QList<Token> &tokens) {
        if (!tokens.isEmpty())
            italic->setChecked(tokens.first().style.font.italic);
    });
}

void Inspector::edit(const QString &what, const Edit &change, const QString &mergeKey)
{
    const QStringList ids = TokenEditor(m_document).editable(m_document->selection());
    if (ids.isEmpty()) {
        const QString refusal = TokenEditor(m_document).refusal();
        Q_EMIT message(refusal.isEmpty() ? tr("The selected tokens are locked. Unlock them in the token list.") : refusal);
        refresh();
        return;
    }
    QString text = what;
    text.replace(QLatin1String("%2"), TokenEditor::nameOf(ids));
    m_document->apply(text,
                      [&](Template &value) {
                          for (const QString &id : ids)
                              change(*value.findToken(id));
                      },
                      mergeKey);
}

QList<Token> Inspector::selected() const
{
    QList<Token> tokens;
    for (const QString &id : m_document->selection()) {
        if (const Token *token = m_document->value().findToken(id))
            tokens.append(*token);
    }
    return tokens;
}

void Inspector::refresh()
{
    const QList<Token> tokens = selected();
    m_empty->setVisible(tokens.isEmpty());
    m_title->setVisible(!tokens.isEmpty());
    m_source->hide();
    if (tokens.size() == 1) {
        m_title->setText(tr("%1 · %2").arg(tokens.first().id, roleLabel(tokens.first().role)));
        showSubject(tokens.first());
    } else if (!tokens.isEmpty()) {
        m_title->setText(tr("%n tokens", nullptr, int(tokens.size())));
    }
    for (const auto &show : std::as_const(m_shows))
        show(tokens);
}

void Inspector::showSubject(const Token &token)
{
    if (!m_draft || token.role != Role::Subject)
        return;
    for (const SubjectInfo &info : m_draft->draft().subjects) {
        if (info.tokenId == token.id) {
            m_source->setText(info.reason.isEmpty() ? info.label : info.label + QStringLiteral(" – ") + info.reason);
            m_source->setVisible(!info.label.isEmpty());
        }
    }
}

void Inspector::editWords()
{
    for (WordsField *field : {m_textField, m_showField}) {
        if (field && field->isVisibleTo(widget())) {
            ensureWidgetVisible(field);
            field->setFocus(Qt::OtherFocusReason);
            field->selectAll();
            return;
        }
    }
}

} // namespace Galley
