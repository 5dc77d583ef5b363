#include "ui/library/libraryedits.h"

#include "core/base/async.h"

namespace Galley {

/// Each way takes back what the other one did: only the change itself is kept.
class JudgementCommand : public QUndoCommand
{
public:
    JudgementCommand(LibraryEdits *edits, const QString &text, const JudgementChange &change)
        : QUndoCommand(text)
        , m_edits(edits)
        , m_change(std::make_shared<JudgementChange>(change))
    {}

    void undo() override { m_edits->putBack(m_change); }
    void redo() override
    {
        if (!std::exchange(m_isDone, true))
            return;  // pushed after it was done
        m_edits->putBack(m_change);
    }

private:
    LibraryEdits *m_edits;
    std::shared_ptr<JudgementChange> m_change;
    bool m_isDone = false;
};

LibraryEdits::LibraryEdits(LibraryService *library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    m_stack.setUndoLimit(200);
}

void LibraryEdits::edit(const QString &text, const QList<qint64> &ids, const JudgementEdit &edit)
{
    if (ids.isEmpty())
        return;
    add({[this, ids, edit] { return m_library->edit(ids, edit); },
         [this, text](const JudgementChange &change) {
             if (change.before.isEmpty())
                 return;
             m_stack.push(new JudgementCommand(this, text, change));
             Q_EMIT edited(text, change);
         }});
}

void LibraryEdits::putBack(const std::shared_ptr<JudgementChange> &change)
{
    add({[this, change] { return m_library->putBack(*change); },
         [this, change](const JudgementChange &back) {
             *change = back;
             Q_EMIT edited({}, back);
         }});
}

void LibraryEdits::add(Step step)
{
    m_steps.append(std::move(step));
    if (!m_isBusy)
        next();
}

void LibraryEdits::next()
{
    if (m_steps.isEmpty()) {
        m_isBusy = false;
        return;
    }
    m_isBusy = true;
    const Step step = m_steps.takeFirst();
    onFinished(step.run(), this, [this, done = step.done](const QFuture<Result<JudgementChange>> &future) {
        const Result<JudgementChange> result = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("The library is closing."));
        if (result) {
            done(*result);
        } else {
            // What comes after it was meant for a library in which this had worked.
            m_steps.clear();
            m_stack.clear();
            Q_EMIT failed(result.error().message);
        }
        next();
    });
}

} // namespace Galley
