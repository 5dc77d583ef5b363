#include "ui/compare/savedcomparisons.h"

#include "core/base/async.h"
#include "ui/compare/compareset.h"

#include <QAction>

#include <algorithm>

namespace Galley {

namespace {

/// Whatever the order: models and rows become a grid as they are opened.
bool areSame(QList<qint64> a, QList<qint64> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

} // namespace

SavedComparisons::SavedComparisons(LibraryService *library, CompareSet *set, QWidget *parent)
    : KeptButton({.title = tr("Saved comparisons"),
                  .current = tr("Saved comparisons; this one is “%1”"),
                  .save = tr("Save This Comparison …"),
                  .saveAs = tr("Save this comparison as"),
                  .rename = tr("Rename the comparison “%1”")},
                 parent)
    , m_library(library)
    , m_set(set)
{
    setObjectName(QStringLiteral("savedComparisons"));
    saveAction()->setObjectName(QStringLiteral("saveComparison"));
    connect(library, &LibraryService::comparisonsChanged, this, &SavedComparisons::load);
    connect(set, &CompareSet::opened, this, &SavedComparisons::refresh);
    connect(this, &KeptButton::chosen, this, [this](int index) { Q_EMIT comparisonChosen(ComparisonSet(m_comparisons.at(index))); });
    connect(this, &KeptButton::renameWanted, this, [this](int index, const QString &name) { rename(m_comparisons.at(index).id, name); });
    connect(this, &KeptButton::removeWanted, this, [this](int index) { remove(m_comparisons.at(index).id); });
    refresh();
}

const ComparisonSet *SavedComparisons::current() const
{
    const QList<qint64> shown = m_set->ids();
    const auto found = std::find_if(m_comparisons.cbegin(), m_comparisons.cend(), [&](const ComparisonSet &each) { return areSame(each.pictures, shown); });
    return shown.isEmpty() || found == m_comparisons.cend() ? nullptr : &*found;
}

const ComparisonSet *SavedComparisons::find(qint64 id) const
{
    const auto found = std::find_if(m_comparisons.cbegin(), m_comparisons.cend(), [id](const ComparisonSet &each) { return each.id == id; });
    return found == m_comparisons.cend() ? nullptr : &*found;
}

void SavedComparisons::refresh()
{
    QStringList names;
    for (const ComparisonSet &comparison : std::as_const(m_comparisons))
        names << comparison.name;
    const ComparisonSet *shown = current();
    setNames(names, shown ? int(shown - m_comparisons.constData()) : -1);
    const bool canSave = !m_set->ids().isEmpty();
    saveAction()->setEnabled(canSave);
    saveAction()->setToolTip(canSave ? tr("Keep these pictures side by side under a name") : tr("Compare pictures of the library first."));
}

void SavedComparisons::load()
{
    onFinished(m_library->comparisonSets(), this, [this](const QFuture<Result<QList<ComparisonSet>>> &future) {
        if (future.resultCount() == 0 || !future.result())
            return;
        m_comparisons = *future.result();
        refresh();
        Q_EMIT loaded();
    });
}

void SavedComparisons::put(const ComparisonSet &comparison, const QString &sentence)
{
    onFinished(m_library->saveComparison(comparison), this, [this, sentence](const QFuture<Result<ComparisonSet>> &future) {
        const Result<ComparisonSet> done = future.result();
        if (!done) {
            Q_EMIT failed(done.error().message);
            return;
        }
        Q_EMIT message(sentence);
        load();
    });
}

void SavedComparisons::save(const QString &name, const Json &view)
{
    const auto found = std::find_if(m_comparisons.cbegin(), m_comparisons.cend(), [&](const ComparisonSet &each) { return each.name == name; });
    const qint64 id = found == m_comparisons.cend() ? 0 : found->id;
    const bool hasDraft = m_set->ids().size() < m_set->count();
    const QString saved = tr("The comparison is saved as “%1”.").arg(name);
    put({.id = id, .name = name, .pictures = m_set->ids(), .view = view},
        hasDraft ? saved + u' ' + tr("Drafts are not in the library, so that they are not part of it.") : saved);
}

void SavedComparisons::rename(qint64 id, const QString &name)
{
    const ComparisonSet *known = find(id);
    if (!known)
        return;
    if (names().contains(name)) {
        Q_EMIT failed(tr("There is a comparison “%1” already. Choose another name, or remove that one first.").arg(name));
        return;
    }
    ComparisonSet renamed = *known;
    renamed.name = name;
    put(renamed, tr("The comparison “%1” is called “%2” now.").arg(known->name, name));
}

void SavedComparisons::remove(qint64 id)
{
    const ComparisonSet *known = find(id);
    if (!known)
        return;
    onFinished(m_library->removeComparison(id), this, [this, gone = *known](const QFuture<Result<void>> &future) {
        const Result<void> done = future.result();
        if (!done) {
            Q_EMIT failed(done.error().message);
            return;
        }
        Q_EMIT removed(gone);
        load();
    });
}

void SavedComparisons::putBack(const ComparisonSet &gone)
{
    ComparisonSet again = gone;
    again.id = 0;
    put(again, tr("The comparison “%1” is there again.").arg(gone.name));
}

} // namespace Galley
