#pragma once

#include "core/service/libraryservice.h"
#include "ui/widgets/keptbutton.h"

namespace Galley {

class CompareSet;

/// Comparisons kept by name: which pictures lay beside one another, and how they were looked at. Only references: what is thrown out of the library is
/// missing in them. Tells no models: names are what people gave.
class SavedComparisons : public KeptButton
{
    Q_OBJECT

public:
    SavedComparisons(LibraryService *library, CompareSet *set, QWidget *parent = nullptr);

    const QList<ComparisonSet> &comparisons() const { return m_comparisons; }
    /// The one that is on screen; nothing: none of them.
    const ComparisonSet *current() const;
    void load();
    /// What is on screen, looked at as \a view says.
    void save(const QString &name, const Json &view);
    void rename(qint64 id, const QString &name);
    void remove(qint64 id);
    void putBack(const ComparisonSet &gone);

Q_SIGNALS:
    void comparisonChosen(const Galley::ComparisonSet &comparison);
    void message(const QString &sentence);
    void failed(const QString &sentence);
    void removed(const Galley::ComparisonSet &comparison);  ///< for putBack()
    void loaded();

private:
    void refresh();
    void put(const ComparisonSet &comparison, const QString &sentence);
    const ComparisonSet *find(qint64 id) const;

    LibraryService *m_library;
    CompareSet *m_set;
    QList<ComparisonSet> m_comparisons;
};

} // namespace Galley
