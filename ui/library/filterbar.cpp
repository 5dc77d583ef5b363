#include "ui/library/filterbar.h"

#include "ui/library/chiprow.h"
#include "ui/library/filterpopups.h"
#include "ui/library/gridgeometry.h"
#include "ui/library/librarytext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/popups.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace Galley {

namespace {

using Kind = ActiveFilter::Kind;

constexpr int typingMs = 150;

void toggle(QAction *action, bool on)
{
    action->setCheckable(true);
    action->setChecked(on);
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_more(new QToolButton(this))
    , m_order(new QComboBox(this))
    , m_chips(new ChipRow(tr("Filters that are set"), this))
    , m_clear(new QPushButton(tr("Clear All"), this))
    , m_newcomers(new QPushButton(this))
    , m_count(new QLabel(this))
    , m_size(new QSlider(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("libraryFilters"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space2, Theme::space2, Theme::space2, Theme::space1);
    layout->setSpacing(Theme::space1);
    makeUpper();
    makeLower();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_typing.start(0); });
    connect(&m_typing, &QTimer::timeout, this, [this] {
        LibraryQuery query = m_query;
        query.text = m_search->text();
        change(query);
    });
    connect(m_chips, &ChipRow::removed, this, [this](int index) { change(withoutFilter(m_query, m_active.at(index))); });
    connect(m_order, &QComboBox::activated, this, [this](int index) {
        LibraryQuery query = m_query;
        const SortChoice &choice = m_choices.at(index);
        query.sort = choice.sort;
        query.ascending = choice.ascending;
        query.sortScore = choice.score;
        change(query);
    });
    showQuery();
}

QToolButton *FilterBar::addFilterButton(const QString &text, Kind kind)
{
    auto *button = new QToolButton(this);
    button->setText(QChar(QChar::Nbsp) + text);
    const bool hasMenu = kind == Kind::Rating || kind == Kind::Date;  // whose arrow is the style's
    if (!hasMenu) {
        button->setIcon(themedIcon(QStringLiteral("arrow_drop_down")));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight);
    }
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(tr("Filter by %1").arg(text));
    button->setToolTip(button->accessibleName());
    m_buttons.insert(int(kind), button);
    connect(button, &QToolButton::clicked, this, [this, kind] { edit(kind); });
    return button;
}

void FilterBar::makeUpper()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space1);
    m_search->setObjectName(QStringLiteral("librarySearch"));
    m_search->setPlaceholderText(tr("Search prompts, templates, tags and notes"));
    m_search->setAccessibleName(tr("Search the library"));
    m_search->setToolTip(tr("All words must be there, as beginnings of words. “…” is a phrase, -word must not be there."));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty() && !m_query.text.isEmpty())
            m_typing.start();
    });
    m_search->setMinimumWidth(120);
    row->addWidget(m_search, 1);
    for (const Kind kind : {Kind::Model, Kind::Template, Kind::Rating, Kind::Date})
        row->addWidget(addFilterButton(filterTitle(kind), kind));
    makeStarsMenu(m_buttons.value(int(Kind::Rating)));
    makeDateMenu(m_buttons.value(int(Kind::Date)));
    m_more->setText(tr("Filter"));
    m_more->setIcon(themedIcon(QStringLiteral("add")));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setAccessibleName(tr("More filters"));
    m_more->setToolTip(tr("More filters; all that are set must hold"));
    makeMoreMenu();
    row->addWidget(m_more);
    m_order->setAccessibleName(tr("Order"));
    m_order->setToolTip(tr("Order of the pictures"));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(m_order);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    row->setObjectName(QStringLiteral("upper"));
}

void FilterBar::makeLower()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::space2);
    m_clear->setAutoDefault(false);
    m_clear->setFlat(true);
    m_clear->setToolTip(tr("Take all filters away"));
    connect(m_clear, &QPushButton::clicked, this, [this] { change(withoutFilters(m_query)); });
    m_chips->setTail(m_clear);
    row->addWidget(m_chips, 1);
    m_newcomers->setObjectName(QStringLiteral("newcomers"));
    m_newcomers->setAutoDefault(false);
    m_newcomers->setFlat(true);
    m_newcomers->setIcon(themedIcon(QStringLiteral("arrow_upward"), ThemeColor::Accent));
    m_newcomers->setToolTip(tr("They wait, so that nothing moves while you look at others."));
    m_newcomers->hide();
    connect(m_newcomers, &QPushButton::clicked, this, &FilterBar::newcomersWanted);
    row->addWidget(m_newcomers, 0, Qt::AlignTop);
    m_count->setObjectName(QStringLiteral("libraryCount"));
    m_count->setFont(Theme::secondaryFont());
    m_count->setMinimumHeight(Theme::rowHeight);
    row->addWidget(m_count, 0, Qt::AlignTop);
    m_size->setRange(GridGeometry::least, GridGeometry::most);
    m_size->setSingleStep(8);
    m_size->setPageStep(32);
    m_size->setFixedWidth(96);
    m_size->setMinimumHeight(Theme::rowHeight);
    m_size->setAccessibleName(tr("Size of the pictures"));
    m_size->setToolTip(tr("Size of the pictures (Ctrl+wheel)"));
    connect(m_size, &QSlider::valueChanged, this, &FilterBar::sideEdited);
    row->addWidget(m_size, 0, Qt::AlignTop);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void FilterBar::addWidget(QWidget *widget)
{
    findChild<QHBoxLayout *>(QStringLiteral("upper"))->addWidget(widget);
}

void FilterBar::makeStarsMenu(QToolButton *button)
{
    auto *menu = new QMenu(button);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (int stars = 0; stars <= 5; ++stars) {
            QAction *action = menu->addAction(stars == 0 ? tr("Any") : stars == 5 ? starsText(5) : tr("%n stars or more", nullptr, stars));
            toggle(action, m_query.leastRating == stars);
            connect(action, &QAction::triggered, this, [this, stars] {
                LibraryQuery query = m_query;
                query.leastRating = stars;
                change(query);
            });
        }
    });
}

void FilterBar::makeDateMenu(QToolButton *button)
{
    auto *menu = new QMenu(button);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    const auto add = [this, menu](const QString &text, int firstDaysAgo, int lastDaysAgo) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, firstDaysAgo, lastDaysAgo] {
            const QDate today = QDate::currentDate();
            LibraryQuery query = m_query;
            setDays(query, today.addDays(-firstDaysAgo), today.addDays(-lastDaysAgo));
            change(query);
        });
    };
    add(tr("Today"), 0, 0);
    add(tr("Yesterday"), 1, 1);
    add(tr("Last 7 Days"), 6, 0);
    add(tr("Last 30 Days"), 29, 0);
    menu->addSeparator();
    connect(menu->addAction(tr("Between …")), &QAction::triggered, this, &FilterBar::pickDays);
    connect(menu->addAction(tr("Any")), &QAction::triggered, this, [this] {
        LibraryQuery query = m_query;
        setDays(query, {}, {});
        change(query);
    });
}

void FilterBar::makeMoreMenu()
{
    auto *menu = new QMenu(m_more);
    menu->setToolTipsVisible(true);
    m_more->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const Kind kind : {Kind::Revision, Kind::Project, Kind::Rule, Kind::Tag, Kind::Mark, Kind::Cohort, Kind::Cost})
            connect(menu->addAction(tr("%1 …").arg(filterTitle(kind))), &QAction::triggered, this, [this, kind] { edit(kind); });
        QMenu *scores = menu->addMenu(filterTitle(Kind::Score));
        scores->setEnabled(!m_values.scores.isEmpty());
        for (const LibraryValue &score : m_values.scores)
            connect(scores->addAction(tr("%1 …").arg(scoreTitleOf(score.value))), &QAction::triggered, this,
                    [this, name = score.value] { pickRange(Kind::Score, name); });
        menu->addSeparator();
        for (const PickState pick : {PickState::Picked, PickState::Rejected, PickState::None}) {
            QAction *action = menu->addAction(pickWord(pick));
            toggle(action, m_query.picks.contains(pick));
            connect(action, &QAction::toggled, this, [this, pick](bool on) {
                LibraryQuery query = m_query;
                query.picks.removeAll(pick);
                if (on)
                    query.picks.append(pick);
                change(query);
            });
        }
        menu->addSeparator();
        QAction *damaged = menu->addAction(tr("Damaged Only"));
        toggle(damaged, m_query.damagedOnly);
        connect(damaged, &QAction::toggled, this, [this](bool on) {
            LibraryQuery query = m_query;
            query.damagedOnly = on;
            change(query);
        });
        QAction *bin = menu->addAction(tr("What Is in the Bin (%1)").arg(QLocale().toString(m_values.inBin)));
        toggle(bin, m_query.bin);
        connect(bin, &QAction::toggled, this, [this](bool on) {
            LibraryQuery query = m_query;
            query.bin = on;
            change(query);
        });
    });
}

void FilterBar::edit(Kind kind)
{
    switch (kind) {
    case Kind::Text: m_search->setFocus(Qt::ShortcutFocusReason); m_search->selectAll(); break;
    case Kind::Cohort:
    case Kind::Cost: pickRange(kind); break;
    case Kind::Date: pickDays(); break;
    case Kind::Rating: m_buttons.value(int(kind))->showMenu(); break;
    default: pickValues(kind); break;
    }
}

QWidget *FilterBar::placeOf(Kind kind) const
{
    return m_buttons.value(int(kind), m_more);
}

void FilterBar::pickValues(Kind kind)
{
    QStringList *list = Galley::listOf(m_query, kind);
    if (!list)
        return;
    auto *picker = new ValuePicker(filterTitle(kind), choicesOf(m_values, kind, m_names), *list, this);
    connect(picker, &ValuePicker::chosen, this, [this, kind](const QStringList &values) {
        LibraryQuery query = m_query;
        *Galley::listOf(query, kind) = values;
        change(query);
    });
    popUpBelow(picker, placeOf(kind));
}

void FilterBar::pickRange(Kind kind, const QString &score)
{
    const auto asDouble = [](const std::optional<int> &value) { return value ? std::optional<double>(*value) : std::optional<double>(); };
    RangePopup::Limits limits;
    std::optional<double> least = m_query.leastCostUsd;
    std::optional<double> most = m_query.mostCostUsd;
    if (kind == Kind::Cohort) {
        limits = {0, 9999, 0};
        least = asDouble(m_query.cohortFrom);
        most = asDouble(m_query.cohortTo);
    } else if (kind == Kind::Cost) {
        limits = {0, 1000, 3};  // a tenth of a cent: what small pictures cost
    } else {
        least.reset(), most.reset();
        for (const ScoreRange &range : m_query.scores) {
            if (range.name == score)
                least = range.least, most = range.most;
        }
    }
    const QString title = kind == Kind::Score ? scoreTitleOf(score) : kind == Kind::Cost ? tr("Cost in US dollars") : filterTitle(kind);
    auto *popup = new RangePopup(title, limits, least, most, this);
    connect(popup, &RangePopup::chosen, this, [this, kind, score](std::optional<double> from, std::optional<double> to) {
        const auto asInt = [](const std::optional<double> &value) { return value ? std::optional<int>(qRound(*value)) : std::optional<int>(); };
        LibraryQuery query = m_query;
        if (kind == Kind::Cohort) {
            query.cohortFrom = asInt(from), query.cohortTo = asInt(to);
        } else if (kind == Kind::Cost) {
            query.leastCostUsd = from, query.mostCostUsd = to;
        } else {
            query.scores.removeIf([&](const ScoreRange &range) { return range.name == score; });
            if (from || to)
                query.scores.append({score, from, to});
        }
        change(query);
    });
    popUpBelow(popup, m_more);
}

void FilterBar::pickDays()
{
    const QDate last = m_query.to.isValid() ? m_query.to.toLocalTime().addMSecs(-1).date() : QDate();
    auto *popup = new DaysPopup(m_query.from.toLocalTime().date(), last, this);
    connect(popup, &DaysPopup::chosen, this, [this](const QDate &from, const QDate &to) {
        LibraryQuery query = m_query;
        setDays(query, from, to);
        change(query);
    });
    popUpBelow(popup, placeOf(Kind::Date));
}

void FilterBar::change(const LibraryQuery &query)
{
    if (query == m_query)
        return;
    LibraryQuery next = query;
    // Words are looked for best match first, until somebody wants another order.
    if (m_query.text.trimmed().isEmpty() && !next.text.trimmed().isEmpty() && next.sort == LibraryQuery::Sort::Created && !next.ascending)
        next.sort = LibraryQuery::Sort::Relevance;
    else if (next.text.trimmed().isEmpty() && next.sort == LibraryQuery::Sort::Relevance)
        next.sort = LibraryQuery::Sort::Created;
    setQuery(next);
    Q_EMIT queryEdited(next);
}

void FilterBar::setQuery(const LibraryQuery &query)
{
    m_query = query;
    m_typing.stop();
    if (m_search->text() != query.text && (!m_search->hasFocus() || m_search->text().trimmed() != query.text.trimmed()))
        m_search->setText(query.text);
    m_typing.stop();
    showQuery();
}

void FilterBar::setValues(const LibraryValues &values)
{
    m_values = values;
    showQuery();
}

void FilterBar::setNames(const ModelNames &names)
{
    m_names = names;
    showQuery();
}

void FilterBar::showQuery()
{
    m_active = activeFilters(m_query, m_values, m_names);
    QStringList texts;
    for (const ActiveFilter &filter : std::as_const(m_active))
        texts << filter.text;
    m_clear->setVisible(!texts.isEmpty());
    m_chips->setChips(texts);
    fillOrder();
}

void FilterBar::fillOrder()
{
    QStringList scores;
    for (const LibraryValue &score : std::as_const(m_values.scores))
        scores << score.value;
    if (!m_query.sortScore.isEmpty() && !scores.contains(m_query.sortScore))
        scores << m_query.sortScore;
    m_choices = sortChoices(scores, !m_query.text.trimmed().isEmpty());
    QStringList texts;
    int chosen = -1;
    for (int i = 0; i < m_choices.size(); ++i) {
        const SortChoice &choice = m_choices.at(i);
        texts << choice.text;
        if (choice.sort == m_query.sort && choice.ascending == m_query.ascending
            && (choice.sort != LibraryQuery::Sort::Score || choice.score == m_query.sortScore))
            chosen = i;
    }
    QStringList shown;
    for (int i = 0; i < m_order->count(); ++i)
        shown << m_order->itemText(i);
    if (shown != texts) {
        m_order->clear();
        m_order->addItems(texts);
    }
    m_order->setCurrentIndex(chosen);
}

void FilterBar::setCounts(int pictures, int chosen, int waiting)
{
    m_count->setText(chosen > 0 ? tr("%1 of %2 chosen").arg(QLocale().toString(chosen), pictureCount(pictures)) : pictureCount(pictures));
    m_newcomers->setText(tr("%n new", nullptr, waiting));
    m_newcomers->setVisible(waiting > 0);
}

void FilterBar::setSide(int side)
{
    const QSignalBlocker quiet(m_size);
    m_size->setValue(side);
}

} // namespace Galley
