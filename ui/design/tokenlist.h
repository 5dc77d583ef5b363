#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <QWidget>

class QListView;
class QStackedLayout;

namespace Galley {

class DraftService;
class TemplateDocument;

/// The tokens of a document, topmost first: id, role, whether it is shown and locked, where its subject came from.
class TokenModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, IconRole, HiddenRole, LockedRole, SourceRole };

    TokenModel(TemplateDocument *document, DraftService *draft, QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

    QModelIndex indexOf(const QString &tokenId) const;
    QString idAt(int row) const { return m_ids.value(row); }

Q_SIGNALS:
    void message(const QString &sentence);

private:
    void refresh();

    TemplateDocument *m_document;
    DraftService *m_draft;
    QStringList m_ids;
};

/// The list of tokens: selects, renames (F2), reorders by drag, hides and locks.
class TokenList : public QWidget
{
    Q_OBJECT

public:
    TokenList(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);

    TokenModel *model() const { return m_model; }
    QListView *view() const { return m_view; }

Q_SIGNALS:
    void editRequested(const QString &tokenId);
    void message(const QString &sentence);

private:
    void addToken(int role);
    void showSelection();
    void takeSelection();
    void toggle(const QModelIndex &index, int role);
    bool eventFilter(QObject *watched, QEvent *event) override;

    TemplateDocument *m_document;
    TokenModel *m_model;
    QListView *m_view;
    QWidget *m_empty;
    bool m_selecting = false;
};

} // namespace Galley
