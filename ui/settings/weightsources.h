#pragma once

#include <QList>
#include <QWidget>

namespace Galley {

/// Where the makers of a model publish its weights, and what their licence allows, as far as it can be said in a sentence.
struct WeightSource
{
    QString name;
    QString address;
    QString about;    ///< size, picture, steps
    QString licence;  ///< name, and what it allows
};

/// The official places of the families that the local engine runs (as of November 2026).
QList<WeightSource> weightSources();

/// The list of them, with addresses to copy. Galley fetches nothing itself.
class WeightSourcesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit WeightSourcesPanel(QWidget *parent = nullptr);
};

} // namespace Galley
