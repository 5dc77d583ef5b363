#include "ui/design/tokenlist.h"

#include "core/service/draftservice.h"
#include "ui/design/templateedits.h"
#include "ui/design/tokeneditor.h"
#include "ui/document/templatedocument.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace Galley {

namespace {

const QString tokenMime = QStringLiteral("application/x-galley-token-order");

QRect lockRect(const QRect &row)
{
    return {row.right() - 2 * Theme::rowHeight, row.top(), Theme::rowHeight, row.height()};
}

QRect eyeRect(const QRect &row)
{
    return {row.right() - Theme::rowHeight, row.top(), Theme::rowHeight, row.height()};
}

/// Icon, id, source; lock and eye at the right end.
class TokenDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {160, Theme::controlHeight}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme theme = Theme::of(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const bool hidden = index.data(TokenModel::HiddenRole).toBool();
        if (selected)
            painter->fillRect(option.rect, option.palette.highlight());
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, theme.color(ThemeColor::Hover));
        const QColor text = selected ? option.palette.highlightedText().color()
                                     : theme.color(hidden ? ThemeColor::Disabled : ThemeColor::Text);
        const QColor quiet = selected ? text : theme.color(ThemeColor::Secondary);
        const int middle = option.rect.center().y();
        paintIcon(*painter, index.data(TokenModel::IconRole).toString(),
                  QRect(option.rect.left() + Theme::space2, middle - 8, 16, 16), quiet);
        paintIcon(*painter, hidden ? QStringLiteral("visibility_off") : QStringLiteral("visibility"),
                  centred(eyeRect(option.rect)), hidden ? text : quiet);
        if (index.data(TokenModel::LockedRole).toBool())
            paintIcon(*painter, QStringLiteral("lock"), centred(lockRect(option.rect)), text);
        else if (option.state & QStyle::State_MouseOver)
            paintIcon(*painter, QStringLiteral("lock_open"), centred(lockRect(option.rect)), quiet);

        QRect words = option.rect.adjusted(Theme::space2 + 24, 0, -2 * Theme::rowHeight - Theme::space1, 0);
        painter->setFont(option.font);
        painter->setPen(text);
        const QString id = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, words.width());
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, id);
        const QString source = index.data(TokenModel::SourceRole).toString();
        words.setLeft(words.left() + option.fontMetrics.horizontalAdvance(id) + Theme::space2);
        if (!source.isEmpty() && words.width() > 24) {
            painter->setFont(Theme::secondaryFont());
            painter->setPen(quiet);
            painter->drawText(words, Qt::AlignVCenter | Qt::AlignRight,
                              QFontMetrics(Theme::secondaryFont()).elidedText(source, Qt::ElideRight, words.width()));
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(theme.color(ThemeColor::Accent));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        editor->setGeometry(option.rect.adjusted(Theme::space2 + 20, 0, -2 * Theme::rowHeight, 0));
    }

private:
    static QRect centred(const QRect &rect) { return {rect.center().x() - 8, rect.center().y() - 8, 16, 16}; }
};

} // namespace

TokenModel::TokenModel(TemplateDocument *document, DraftService *draft, QObject *parent)
    : QAbstractListModel(parent)
    , m_document(document)
    , m_draft(draft)
{
    refresh();
    connect(document, &TemplateDocument::changed, this, &TokenModel::refresh);
    connect(document, &TemplateDocument::replaced, this, &TokenModel::refresh);
    if (draft) {
        connect(draft, &DraftService::subjectChanged, this, [this](const QString &tokenId) {
            const QModelIndex index = indexOf(tokenId);
            Q_EMIT dataChanged(index, index);
        });
        // Another source changes what is said of a subject without a new picture of it.
        connect(draft, &DraftService::sceneChanged, this, &TokenModel::refresh);
        connect(draft, &DraftService::finished, this, &TokenModel::refresh);
    }
}

int TokenModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

QVariant TokenModel::data(const QModelIndex &index, int role) const
{
    const Token *token = m_document->value().findToken(m_ids.value(index.row()));
    if (!token)
        return {};
    QString source;
    if (m_draft && token->role == Galley::Role::Subject) {
        for (const SubjectInfo &info : m_draft->draft().subjects)
            source = info.tokenId == token->id ? info.label : source;
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case IdRole: return token->id;
    case IconRole: return roleIcon(token->role);
    case HiddenRole: return token->hidden;
    case LockedRole: return token->locked;
    case SourceRole: return source;
    case Qt::ToolTipRole: return source.isEmpty() ? roleLabel(token->role) : roleLabel(token->role) + QStringLiteral(" · ") + source;
    case Qt::AccessibleTextRole: {
        QString text = token->id + QStringLiteral(", ") + roleLabel(token->role);
        if (token->hidden)
            text += QStringLiteral(", ") + tr("hidden");
        if (token->locked)
            text += QStringLiteral(", ") + tr("locked");
        return source.isEmpty() ? text : text + QStringLiteral(", ") + source;
    }
    default: return {};
    }
}

bool TokenModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString id = m_ids.value(index.row());
    if (role == HiddenRole || role == LockedRole) {
        const bool on = value.toBool();
        const QString text = role == HiddenRole ? (on ? tr("Hide %1") : tr("Show %1")) : (on ? tr("Lock %1") : tr("Unlock %1"));
        m_document->apply(text.arg(id), [&](Template &edited) {
            Token *token = edited.findToken(id);
            (role == HiddenRole ? token->hidden : token->locked) = on;
        });
        return true;
    }
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name == id)
        return false;
    const QString problem = nameProblem(name);
    if (!problem.isEmpty() || m_document->value().findToken(name)) {
        Q_EMIT message(problem.isEmpty() ? tr("Another token is called \"%1\" already.").arg(name) : problem);
        return false;
    }
    m_document->apply(tr("Rename %1").arg(id), [&](Template &edited) { renameToken(edited, id, name); });
    m_document->setSelection({name});
    return true;
}

Qt::ItemFlags TokenModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags drop = Qt::ItemIsDropEnabled;
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsEditable | Qt::ItemIsDragEnabled : drop;
}

QStringList TokenModel::mimeTypes() const
{
    return {tokenMime};
}

QMimeData *TokenModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList ids;
    for (const QModelIndex &index : indexes)
        ids.append(idAt(index.row()));
    auto *data = new QMimeData;
    data->setData(tokenMime, ids.join(QLatin1Char('\n')).toUtf8());
    return data;
}

bool TokenModel::dropMimeData(const QMimeData *data, Qt::DropAction, int row, int, const QModelIndex &parent)
{
    if (!data->hasFormat(tokenMime))
        return false;
    if (row < 0)
        row = parent.isValid() ? parent.row() : rowCount();
    const QStringList moved = QString::fromUtf8(data->data(tokenMime)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QStringList order;
    for (int i = 0; i <= rowCount(); ++i) {
        if (i == row) {
            for (const QString &id : m_ids) // in their present order, wherever the drag took them up
                if (moved.contains(id))
                    order.append(id);
        }
        if (i < rowCount() && !moved.contains(idAt(i)))
            order.append(idAt(i));
    }
    m_document->apply(tr("Reorder tokens"), [&](Template &edited) { orderTokens(edited, order); });
    return false; // nothing for the view to remove: the model has done it
}

QModelIndex TokenModel::indexOf(const QString &tokenId) const
{
    const qsizetype row = m_ids.indexOf(tokenId);
    return row < 0 ? QModelIndex() : index(int(row));
}

void TokenModel::refresh()
{
    const QStringList ids = tokensTopFirst(m_document->value());
    if (ids == m_ids) {
        if (!ids.isEmpty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_ids = ids;
    endResetModel();
}

TokenList::TokenList(TemplateDocument *document, DraftService *draft, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_model(new TokenModel(document, draft, this))
    , m_view(new QListView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *header = new SectionHeader(tr("Tokens"), this);
    auto *add = new IconButton(QStringLiteral("add"), tr("Add a token"), this);
    auto *menu = new QMenu(add);
    for (const Role role : allRoles()) {
        QAction *action = menu->addAction(themedIcon(roleIcon(role)), roleLabel(role));
        connect(action, &QAction::triggered, this, [this, role] { addToken(int(role)); });
    }
    add->setMenu(menu);
    add->setPopupMode(QToolButton::InstantPopup);
    header->addWidget(add);
    layout->addWidget(header);

    m_view->setModel(m_model);
    m_view->setItemDelegate(new TokenDelegate(m_view));
    m_view->setAccessibleName(tr("Tokens, topmost first"));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_view->setDragDropMode(QAbstractItemView::InternalMove);
    m_view->setDropIndicatorShown(true);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    layout->addWidget(m_view, 1);
    m_empty = new EmptyState(QStringLiteral("category"), tr("Draw a box on the canvas, or add a token with +."), this);
    layout->addWidget(m_empty, 1);

    connect(m_view, &QListView::doubleClicked, this, [this](const QModelIndex &index) {
        Q_EMIT editRequested(m_model->idAt(index.row()));
    });
    connect(m_model, &TokenModel::message, this, &TokenList::message);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TokenList::takeSelection);
    connect(m_document, &TemplateDocument::selectionChanged, this, &TokenList::showSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TokenList::showSelection);
    showSelection();
}

void TokenList::addToken(int role)
{
    const QSizeF canvas = m_document->value().canvas.size;
    const bool whole = Role(role) == Role::Background;
    const QRectF rect = whole ? QRectF(QPointF(), canvas)
                              : QRectF(canvas.width() * 0.2, canvas.height() * 0.4, canvas.width() * 0.6, canvas.height() * 0.2);
    const Result<QString> added = TokenEditor(m_document).add(Role(role), rect);
    if (!added)
        Q_EMIT message(added.error().message);
}

void TokenList::showSelection()
{
    const bool any = m_model->rowCount() > 0;
    m_view->setVisible(any);
    m_empty->setVisible(!any);
    m_selecting = true;
    QItemSelection selection;
    for (const QString &id : m_document->selection()) {
        const QModelIndex index = m_model->indexOf(id);
        if (index.isValid())
            selection.select(index, index);
    }
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!m_document->selection().isEmpty()) {
        const QModelIndex primary = m_model->indexOf(m_document->selection().last());
        m_view->selectionModel()->setCurrentIndex(primary, QItemSelectionModel::NoUpdate);
        m_view->scrollTo(primary);
    }
    m_selecting = false;
}

void TokenList::takeSelection()
{
    if (m_selecting)
        return;
    QStringList ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedIndexes())
        ids.append(m_model->idAt(index.row()));
    m_document->setSelection(ids);
}

void TokenList::toggle(const QModelIndex &index, int role)
{
    m_model->setData(index, !index.data(role).toBool(), role);
}

bool TokenList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
        const QRect row = m_view->visualRect(index);
        if (index.isValid() && eyeRect(row).contains(mouse->position().toPoint())) {
            toggle(index, TokenModel::HiddenRole);
            return true;
        }
        if (index.isValid() && lockRect(row).contains(mouse->position().toPoint())) {
            toggle(index, TokenModel::LockedRole);
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::KeyPress && m_view->currentIndex().isValid()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT editRequested(m_model->idAt(m_view->currentIndex().row()));
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_H || key->key() == Qt::Key_L)) {
            toggle(m_view->currentIndex(), key->key() == Qt::Key_H ? TokenModel::HiddenRole : TokenModel::LockedRole);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Galley
