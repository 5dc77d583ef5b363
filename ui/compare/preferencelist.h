#pragma once

#include "core/review/preferences.h"

#include <QWidget>

namespace Galley {

/// How often each model's pictures are preferred, with what is certain of it: a bar from 0 to 100 % with its interval, and the same in words. A plain view
/// of Preferences.
class PreferenceList : public QWidget
{
    Q_OBJECT

public:
    explicit PreferenceList(QWidget *parent = nullptr);

    void setPreferences(const Preferences &preferences);
    /// Nothing is shown while nobody may know.
    void setHidden(const QString &why);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int sentenceHeight(int width) const;
    void tell();

    Preferences m_preferences;
    QString m_why;
    QString m_text;
};

} // namespace Galley
