#pragma once

#include "ui/library/libraryfilters.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QToolButton;

namespace Galley {

class ChipRow;

/// What is looked for, above the grid: words, filters (each a chip that can be taken away), order, and how many there are. Shows one query and says when a
/// person wants another one.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    const LibraryQuery &query() const { return m_query; }
    void setQuery(const LibraryQuery &query);   ///< silent
    void setValues(const LibraryValues &values);
    void setNames(const ModelNames &names);
    /// How many pictures there are, are chosen, and are new but not shown yet.
    void setCounts(int pictures, int chosen, int waiting);
    void setSide(int side);                     ///< of the pictures; silent

    QLineEdit *searchField() const { return m_search; }
    ChipRow *chips() const { return m_chips; }
    QComboBox *order() const { return m_order; }
    /// Stands at the right end of the upper line.
    void addWidget(QWidget *widget);
    /// Opens what chooses the values of that filter.
    void edit(ActiveFilter::Kind kind);

Q_SIGNALS:
    void queryEdited(const LibraryQuery &query);
    void sideEdited(int side);
    void newcomersWanted();

private:
    QToolButton *addFilterButton(const QString &text, ActiveFilter::Kind kind);
    void makeUpper();
    void makeLower();
    void makeStarsMenu(QToolButton *button);
    void makeDateMenu(QToolButton *button);
    void makeMoreMenu();
    void pickValues(ActiveFilter::Kind kind);
    void pickRange(ActiveFilter::Kind kind, const QString &score = {});
    void pickDays();
    void change(const LibraryQuery &query);
    void showQuery();
    void fillOrder();
    QWidget *placeOf(ActiveFilter::Kind kind) const;

    LibraryQuery m_query;
    LibraryValues m_values;
    ModelNames m_names;
    QTimer m_typing;
    QLineEdit *m_search;
    QToolButton *m_more;
    QComboBox *m_order;
    ChipRow *m_chips;
    QPushButton *m_clear;
    QPushButton *m_newcomers;
    QLabel *m_count;
    QSlider *m_size;
    QHash<int, QToolButton *> m_buttons;  ///< by kind
    QList<ActiveFilter> m_active;
    QList<SortChoice> m_choices;
};

} // namespace Galley
