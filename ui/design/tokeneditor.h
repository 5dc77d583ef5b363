#pragma once

#include "core/base/result.h"
#include "core/template/template.h"
#include "ui/design/boxgeometry.h"

#include <QCoreApplication>
#include <QHash>

class QMimeData;

namespace Galley {

class TemplateDocument;

enum class StackingMove { ToFront, Forward, Backward, ToBack };

/// What people do with tokens, each as one undo step of the document that names what it did ("Move title", "Align 3 tokens"). Used
/// by the artboard and by the token list. Locked tokens stay as they are; a read-only document stays as it is, and refusal() says
/// why. Does not own the document.
class TokenEditor
{
    Q_DECLARE_TR_FUNCTIONS(Galley::TokenEditor)

public:
    static constexpr int maximumTokens = 500;

    explicit TokenEditor(TemplateDocument *document);

    /// Why nothing can be edited now, a sentence; empty when it can.
    QString refusal() const;
    /// \a ids without the locked and the unknown ones, bottom first.
    QStringList editable(const QStringList &ids) const;
    /// All ids, bottom first: by z, by place in the file among equals.
    QStringList stackingOrder() const;
    QRectF rectOf(const QString &id) const;  ///< canvas pixels
    QList<QRectF> rectsOf(const QStringList &ids) const;
    /// "title", or "3 tokens".
    static QString nameOf(const QStringList &ids);

    void setRects(const QString &text, const QHash<QString, QRectF> &rects, const QString &mergeKey = {});
    void move(const QStringList &ids, const QPointF &delta, const QString &mergeKey = {});
    /// Moves the right and bottom edges.
    void grow(const QStringList &ids, const QPointF &delta, const QString &mergeKey = {});
    /// One token is aligned to the canvas, several to the rectangle around them.
    void align(const QStringList &ids, Alignment alignment);
    void distribute(const QStringList &ids, Qt::Orientation orientation);
    void restack(const QStringList &ids, StackingMove move);
    void setText(const QString &id, const QString &text, const QString &mergeKey = {});
    void setHidden(const QStringList &ids, bool hidden);
    void setLocked(const QStringList &ids, bool locked);

    /// These select what they made. A new token starts with what makes its role visible at once.
    Result<QString> add(Role role, const QRectF &rect);
    /// With a \a mergeKey nothing is selected, because another selection would end the merging: a drag that carries copies.
    Result<QStringList> duplicate(const QStringList &ids, const QPointF &offset, const QString &mergeKey = {});
    Result<QStringList> paste(const QMimeData *data);
    void remove(const QStringList &ids);

private:
    Result<QStringList> insert(const QString &text, const QList<Token> &tokens, const QList<Slot> &missingSlots,
                               const QPointF &offset, const QString &mergeKey);

    TemplateDocument *m_document;
};

/// The role's name as people read it: "Headline".
QString roleLabel(Role role);

} // namespace Galley
