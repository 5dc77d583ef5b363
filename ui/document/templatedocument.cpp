#include "ui/document/templatedocument.h"

#include "core/template/templatefile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

/// Larger than any template may be; loadTemplate() says so in a sentence.
constexpr qint64 largestFile = 10 * 1024 * 1024;

/// What one undo step brings back. Lists share their data with the current values.
struct Snapshot
{
    Template value;
    RowSet rows;
};

QByteArray digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// \a path, relative to \a from before, relative to \a to afterwards. Slots, absolute and empty paths stay.
QString rebased(const QString &path, const QString &from, const QString &to)
{
    if (path.isEmpty() || path.contains(u'{') || QDir::isAbsolutePath(path))
        return path;
    return QDir(to).relativeFilePath(QDir(from).absoluteFilePath(path));
}

void rebaseImages(Template &value, const QString &from, const QString &to)
{
    for (int i = 0; i < value.tokens.size(); ++i) {
        const QString path = rebased(value.tokens.at(i).image, from, to);
        if (path != value.tokens.at(i).image)
            value.tokens[i].image = path;
    }
    for (int i = 0; i < value.slotList.size(); ++i) {
        const Slot &slot = value.slotList.at(i);
        if (slot.type != SlotType::Image)
            continue;
        const QString path = rebased(slot.defaultValue, from, to);
        if (path != slot.defaultValue)
            value.slotList[i].defaultValue = path;
    }
}

QStringList tokenIds(const Template &value)
{
    QStringList ids;
    for (const Token &token : value.tokens)
        ids << token.id;
    return ids;
}

/// The selection \a selected of \a before as it stands in \a after: a renamed token stays selected, a vanished one does not;
/// when \a selectNew, tokens that came back are selected instead.
QStringList carriedSelection(const QStringList &selected, const QStringList &before, const QStringList &after, bool selectNew)
{
    QStringList result;
    const bool sameLength = before.size() == after.size();
    for (const QString &id : selected) {
        if (after.contains(id)) {
            result << id;
            continue;
        }
        const int index = int(before.indexOf(id));
        if (sameLength && index >= 0 && !before.contains(after.at(index)))
            result << after.at(index);
    }
    if (!selectNew || after.size() <= before.size())
        return result;
    QStringList added;
    for (const QString &id : after) {
        if (!before.contains(id))
            added << id;
    }
    return added.isEmpty() ? result : added;
}

} // namespace

struct TemplateDocument::Private
{
    explicit Private(TemplateDocument *document)
        : q(document)
    {}

    TemplateDocument *q;
    Template value;
    Template savedValue;
    RowSet rows;
    int currentRow = 0;
    QString file;
    QString folder;
    QStringList selection;
    QList<Finding> loadWarnings;
    QByteArray diskDigest;
    bool readOnly = false;
    bool modified = false;
    int mergeSerial = 0;
    QUndoStack stack;

    void push(const QString &text, const Template &newValue, const RowSet &newRows, int newRow, const QString &mergeKey);
    void show(const Snapshot &snapshot, int row, bool selectNew);
    void replace(const Template &newValue, const QString &newFolder, const QString &newFile);
    void updateModified();
    void rebase(const QString &newFolder);
};

namespace {

/// One undo step. The first redo() is the edit itself.
class ChangeCommand : public QUndoCommand
{
public:
    using Show = std::function<void(const Snapshot &, int, bool)>;

    ChangeCommand(const QString &text, Snapshot before, int rowBefore, Snapshot after, int rowAfter, QString mergeKey,
                  int mergeSerial, Show show)
        : QUndoCommand(text)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_rowBefore(rowBefore)
        , m_rowAfter(rowAfter)
        , m_mergeKey(std::move(mergeKey))
        , m_mergeSerial(mergeSerial)
        , m_show(std::move(show))
    {}

    void undo() override { m_show(m_before, m_rowBefore, true); }
    void redo() override
    {
        m_show(m_after, m_rowAfter, !m_first);
        m_first = false;
    }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const ChangeCommand *>(other);
        if (next->m_mergeKey != m_mergeKey || next->m_mergeSerial != m_mergeSerial)
            return false;
        m_after = next->m_after;
        m_rowAfter = next->m_rowAfter;
        setText(next->text());
        setObsolete(m_before.value == m_after.value && m_before.rows == m_after.rows);
        return true;
    }
    void rebase(const QString &from, const QString &to)
    {
        rebaseImages(m_before.value, from, to);
        rebaseImages(m_after.value, from, to);
    }

private:
    Snapshot m_before;
    Snapshot m_after;
    int m_rowBefore;
    int m_rowAfter;
    QString m_mergeKey;
    int m_mergeSerial;
    Show m_show;
    bool m_first = true;
};

} // namespace

void TemplateDocument::Private::push(const QString &text, const Template &newValue, const RowSet &newRows, int newRow,
                                     const QString &mergeKey)
{
    auto showSnapshot = [this](const Snapshot &snapshot, int row, bool selectNew) { show(snapshot, row, selectNew); };
    stack.push(new ChangeCommand(text, {value, rows}, currentRow, {newValue, newRows}, newRow, mergeKey, mergeSerial,
                                 showSnapshot));
}

void TemplateDocument::Private::show(const Snapshot &snapshot, int row, bool selectNew)
{
    const QStringList selected = carriedSelection(selection, tokenIds(value), tokenIds(snapshot.value), selectNew);
    const bool otherRows = rows.file != snapshot.rows.file || rows.columns != snapshot.rows.columns
                           || rows.rows.size() != snapshot.rows.rows.size();
    // A step that touched no row leaves the person on the row that is on screen.
    const int newRow = rows == snapshot.rows ? currentRow : row;
    const bool otherRow = newRow != currentRow;
    const bool otherSelection = selected != selection;
    value = snapshot.value;
    rows = snapshot.rows;
    currentRow = newRow;
    selection = selected;
    if (selectNew)
        ++mergeSerial;  // after undo or redo typing starts a step of its own
    if (otherRows)
        Q_EMIT q->rowsChanged();
    if (otherRow)
        Q_EMIT q->currentRowChanged();
    Q_EMIT q->changed();
    if (otherSelection)
        Q_EMIT q->selectionChanged();
    updateModified();
}

void TemplateDocument::Private::replace(const Template &newValue, const QString &newFolder, const QString &newFile)
{
    stack.clear();
    value = newValue;
    savedValue = newValue;
    rows = {};
    currentRow = 0;
    folder = newFolder;
    file = newFile;
    selection.clear();
    loadWarnings.clear();
    diskDigest.clear();
    ++mergeSerial;
    const bool wasReadOnly = std::exchange(readOnly, false);
    Q_EMIT q->replaced();
    Q_EMIT q->rowsChanged();
    Q_EMIT q->currentRowChanged();
    Q_EMIT q->selectionChanged();
    Q_EMIT q->fileChanged();
    if (wasReadOnly)
        Q_EMIT q->readOnlyChanged();
    Q_EMIT q->changed();
    updateModified();
}

void TemplateDocument::Private::updateModified()
{
    const bool now = !(value == savedValue);
    if (std::exchange(modified, now) != now)
        Q_EMIT q->modifiedChanged(now);
}

void TemplateDocument::Private::rebase(const QString &newFolder)
{
    if (folder.isEmpty() || QDir(folder) == QDir(newFolder))
        return;
    rebaseImages(value, folder, newFolder);
    for (int i = 0; i < stack.count(); ++i) {
        // The stack hands its commands out as const; they are all ours, and no text or order changes.
        auto *command = const_cast<QUndoCommand *>(stack.command(i));
        static_cast<ChangeCommand *>(command)->rebase(folder, newFolder);
    }
}

TemplateDocument::TemplateDocument(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->value = newTemplate(tr("Untitled"), Canvas().size);
    d->savedValue = d->value;
}

TemplateDocument::~TemplateDocument() = default;

const Template &TemplateDocument::value() const
{
    return d->value;
}

const RowSet &TemplateDocument::rows() const
{
    return d->rows;
}

Row TemplateDocument::row() const
{
    if (d->currentRow > 0)
        return d->rows.rows.at(d->currentRow - 1);
    Row defaults;
    defaults.folder = d->folder;
    return defaults;
}

int TemplateDocument::currentRow() const
{
    return d->currentRow;
}

QString TemplateDocument::file() const
{
    return d->file;
}

QString TemplateDocument::folder() const
{
    return d->folder;
}

QString TemplateDocument::displayName() const
{
    if (!d->file.isEmpty())
        return QFileInfo(d->file).completeBaseName();
    return d->value.name.isEmpty() ? tr("Untitled") : d->value.name;
}

bool TemplateDocument::isModified() const
{
    return d->modified;
}

bool TemplateDocument::isReadOnly() const
{
    return d->readOnly;
}

QUndoStack *TemplateDocument::undoStack() const
{
    return &d->stack;
}

void TemplateDocument::apply(const QString &text, const std::function<void(Template &)> &edit, const QString &mergeKey)
{
    if (d->readOnly)
        return;
    Template edited = d->value;
    edit(edited);
    if (!(edited == d->value))
        d->push(text, edited, d->rows, d->currentRow, mergeKey);
}

void TemplateDocument::setSlotValue(const QString &slot, const QString &value, const QString &mergeKey)
{
    const QString text = tr("Change %1").arg(slot);
    if (d->currentRow == 0) {
        apply(
            text,
            [&](Template &edited) {
                if (Slot *found = edited.findSlot(slot))
                    found->defaultValue = value;
            },
            mergeKey);
        return;
    }
    const QMap<QString, QString> &values = d->rows.rows.at(d->currentRow - 1).values;
    if (d->readOnly || (values.contains(slot) && values.value(slot) == value))
        return;
    RowSet edited = d->rows;
    edited.rows[d->currentRow - 1].values.insert(slot, value);
    d->push(text, d->value, edited, d->currentRow, mergeKey);
}

void TemplateDocument::restore(const QString &text, const Template &value, const Row &row)
{
    if (d->readOnly)
        return;
    RowSet rows = d->rows;
    if (row.number <= rows.rows.size()) {
        setCurrentRow(row.number);
        if (row.number > 0)
            rows.rows[row.number - 1].values = row.values;
    }
    if (!(value == d->value) || !(rows == d->rows))
        d->push(text, value, rows, d->currentRow, {});
}

void TemplateDocument::endMerge()
{
    ++d->mergeSerial;
}

QStringList TemplateDocument::selection() const
{
    return d->selection;
}

void TemplateDocument::setSelection(const QStringList &tokens)
{
    QStringList known;
    for (const QString &id : tokens) {
        if (d->value.findToken(id) && !known.contains(id))
            known << id;
    }
    if (known == d->selection)
        return;
    d->selection = known;
    ++d->mergeSerial;
    Q_EMIT selectionChanged();
}

Result<void> TemplateDocument::open(const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    QFile source(path);
    if (!source.open(QIODevice::ReadOnly) || source.size() > largestFile) {
        const auto loaded = loadTemplate(path);
        return fail(loaded ? Error{ErrorCode::Io, tr("%1 cannot be read.").arg(path), source.errorString()} : loaded.error());
    }
    const QByteArray bytes = source.readAll();
    const auto loaded = parseTemplate(bytes, path, UnknownSlots::Report);
    if (!loaded)
        return fail(loaded.error());
    d->replace(loaded->value, QFileInfo(path).absolutePath(), path);
    d->loadWarnings = loaded->warnings;
    d->diskDigest = digestOf(bytes);
    if (!QFileInfo(path).isWritable())
        setReadOnly(true);
    return {};
}

void TemplateDocument::openValue(const Template &value, const QString &folder, const QString &file)
{
    d->replace(value, folder, file);
}

Result<void> TemplateDocument::save(const QString &file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    const QString newFolder = QFileInfo(path).absolutePath();
    Template toSave = d->value;
    if (!d->folder.isEmpty())
        rebaseImages(toSave, d->folder, newFolder);
    const auto written = saveTemplate(toSave, path);
    if (!written)
        return written;
    d->rebase(newFolder);
    const bool otherFile = path != d->file;
    const bool otherFolder = newFolder != d->folder;
    d->value = toSave;
    d->savedValue = toSave;
    d->file = path;
    d->folder = newFolder;
    d->diskDigest = digestOf(writeTemplate(toSave));
    d->stack.setClean();
    ++d->mergeSerial;
    if (otherFile)
        setReadOnly(false);
    if (otherFile)
        Q_EMIT fileChanged();
    if (otherFolder)
        Q_EMIT changed();
    d->updateModified();
    Q_EMIT saved();
    return {};
}

bool TemplateDocument::isChangedOnDisk() const
{
    if (d->file.isEmpty() || d->diskDigest.isEmpty())
        return false;
    QFile file(d->file);
    if (!file.open(QIODevice::ReadOnly))
        return file.exists();
    return digestOf(file.readAll()) != d->diskDigest;
}

QList<Finding> TemplateDocument::loadWarnings() const
{
    return d->loadWarnings;
}

Result<void> TemplateDocument::openRows(const QString &file)
{
    const auto loaded = loadRows(QFileInfo(file).absoluteFilePath(), d->value);
    if (!loaded)
        return fail(loaded.error());
    d->push(tr("Open rows"), d->value, *loaded, loaded->rows.isEmpty() ? 0 : 1, {});
    return {};
}

void TemplateDocument::closeRows()
{
    if (!d->rows.file.isEmpty() || !d->rows.rows.isEmpty())
        d->push(tr("Close rows"), d->value, {}, 0, {});
}

void TemplateDocument::setCurrentRow(int number)
{
    const int row = std::clamp(number, 0, int(d->rows.rows.size()));
    if (row == d->currentRow)
        return;
    d->currentRow = row;
    ++d->mergeSerial;
    Q_EMIT currentRowChanged();
}

void TemplateDocument::setReadOnly(bool readOnly)
{
    if (std::exchange(d->readOnly, readOnly) != readOnly)
        Q_EMIT readOnlyChanged();
}

void TemplateDocument::restoreWork(const Template &value, const QString &folder, const QString &file, const RowSet &rows,
                                   int row)
{
    Template onDisk = newTemplate(value.name, value.canvas.size);
    QByteArray bytes;
    if (QFile source(file); !file.isEmpty() && source.size() <= largestFile && source.open(QIODevice::ReadOnly)) {
        bytes = source.readAll();
        if (const auto loaded = parseTemplate(bytes, file, UnknownSlots::Report))
            onDisk = loaded->value;
    }
    d->replace(value, folder, file);
    d->diskDigest = bytes.isEmpty() ? QByteArray() : digestOf(bytes);
    d->savedValue = onDisk;
    d->rows = rows;
    d->currentRow = std::clamp(row, 0, int(rows.rows.size()));
    Q_EMIT rowsChanged();
    Q_EMIT currentRowChanged();
    Q_EMIT changed();
    d->updateModified();
}

} // namespace Galley
