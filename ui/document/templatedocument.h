#pragma once

#include "core/base/result.h"
#include "core/template/csv.h"
#include "core/template/template.h"

#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <functional>
#include <memory>

namespace Galley {

/// The open template with its file, its rows, its selection and its undo stack: the model that every view of the Design workspace
/// shows and edits. Lives on the GUI thread; views hold a pointer and outlive it never (the window owns document and views).
///
/// There is one way to change it: apply(). Each call becomes one undo step that holds the values before and after (they share
/// their data), so nothing can be changed without a way back.
class TemplateDocument : public QObject
{
    Q_OBJECT

public:
    explicit TemplateDocument(QObject *parent = nullptr);
    ~TemplateDocument() override;

    const Template &value() const;
    const RowSet &rows() const;
    /// The row on screen: a copy of rows().rows[currentRow() - 1], or the defaults (number 0) when currentRow() is 0.
    Row row() const;
    int currentRow() const;
    QString file() const;      ///< empty: never saved
    QString folder() const;    ///< where image paths start; empty for an unsaved template without one
    QString displayName() const;
    bool isModified() const;
    bool isReadOnly() const;   ///< open elsewhere, or the file cannot be written: apply() does nothing
    QUndoStack *undoStack() const;

    /// Lets \a edit change a copy of the template; when it differs afterwards that becomes one undo step named \a text
    /// ("Move title"). Consecutive calls with the same non-empty \a mergeKey become one step (a drag, typing in one field)
    /// until endMerge() or another key.
    void apply(const QString &text, const std::function<void(Template &)> &edit, const QString &mergeKey = {});
    /// Changes one value of the row on screen: the slot's default when currentRow() is 0, else the row in memory (the CSV file is
    /// never written). Undoable like apply().
    void setSlotValue(const QString &slot, const QString &value, const QString &mergeKey = {});
    /// Makes \a value and the values of \a row what is edited, as one undo step: a preview comes back. The row is left out when
    /// the open rows have none of its number.
    void restore(const QString &text, const Template &value, const Row &row);
    void endMerge();

    QStringList selection() const;  ///< token ids, the last one is the primary
    void setSelection(const QStringList &tokens);

    Result<void> open(const QString &file);
    void openValue(const Template &value, const QString &folder, const QString &file = {});
    /// Atomic; marks the undo stack clean. Relative image paths follow the file when its folder changes.
    Result<void> save(const QString &file);
    /// True when the file is no longer what was last read or written here (somebody else saved it).
    bool isChangedOnDisk() const;
    QList<Finding> loadWarnings() const;  ///< what was odd about the file that was opened
    Result<void> openRows(const QString &file);
    void closeRows();
    void setCurrentRow(int number);  ///< 0 … rows().rows.size()
    void setReadOnly(bool readOnly);

    /// What recovery brings back: \a value edited since \a file was saved, with rows and the row on screen. Modified from the start.
    void restoreWork(const Template &value, const QString &folder, const QString &file, const RowSet &rows, int row);

Q_SIGNALS:
    void changed();           ///< template or row values: relayout, recompile, redraft, autosave
    void selectionChanged();
    void rowsChanged();
    void currentRowChanged();
    void fileChanged();
    void modifiedChanged(bool modified);
    void readOnlyChanged();
    void replaced();          ///< another template was opened
    void saved();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
