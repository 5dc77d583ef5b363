#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace Galley {

/// The title of a panel section (15 px, semibold) with buttons at its right end; when it has a body it folds and unfolds it.
class SectionHeader : public QWidget
{
    Q_OBJECT

public:
    explicit SectionHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// Smaller, for sections inside a panel: 13 px semibold.
    void setMinor(bool minor);
    /// Adds \a widget (an IconButton as a rule) at the right end; the header owns it.
    void addWidget(QWidget *widget);
    /// The title becomes a button that shows and hides \a body.
    void setBody(QWidget *body);
    bool isExpanded() const;
    void setExpanded(bool expanded);

Q_SIGNALS:
    void expandedChanged(bool expanded);

private:
    QToolButton *m_title;
    QHBoxLayout *m_layout;
    QWidget *m_body = nullptr;
};

} // namespace Galley
