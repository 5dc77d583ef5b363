#pragma once

#include "core/service/libraryservice.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <memory>

namespace Galley {

/// Changes what people said of pictures (stars, picks, tags, notes, bin), one after the other, and knows the way back: one call is one step of its undo
/// stack. GUI thread.
class LibraryEdits : public QObject
{
    Q_OBJECT

public:
    explicit LibraryEdits(LibraryService *library, QObject *parent = nullptr);

    QUndoStack *undoStack() { return &m_stack; }
    /// \a text names the step: "Rate 3 pictures". Nothing where it changes nothing.
    void edit(const QString &text, const QList<qint64> &ids, const JudgementEdit &edit);

Q_SIGNALS:
    void edited(const QString &text, const JudgementChange &change);  ///< also by undo and redo; text is then empty
    void failed(const QString &sentence);

private:
    friend class JudgementCommand;
    struct Step
    {
        std::function<QFuture<Result<JudgementChange>>()> run;
        std::function<void(const JudgementChange &)> done;
    };
    void putBack(const std::shared_ptr<JudgementChange> &change);
    void add(Step step);
    void next();

    LibraryService *m_library;
    QUndoStack m_stack;
    QList<Step> m_steps;
    bool m_isBusy = false;
};

} // namespace Galley
