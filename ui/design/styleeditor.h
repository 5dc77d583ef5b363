#pragma once

#include <QScrollArea>

#include <functional>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace Galley {

class ColorField;
class NumberField;
class PaletteField;
class Segmented;
class TemplateDocument;
class WordsField;
struct Style;
struct Template;

/// What belongs to the whole template: name, project, intent, canvas size and ground, style words and palette.
class StyleEditor : public QScrollArea
{
    Q_OBJECT

public:
    explicit StyleEditor(TemplateDocument *document, QWidget *parent = nullptr);

Q_SIGNALS:
    void message(const QString &sentence);

private:
    void addText(QFormLayout *form, const QString &label, QString Template::*member);
    void addWords(QFormLayout *form, const QString &label, const QString &help, std::function<QString &(Template &)> access);
    void buildCanvas(QFormLayout *form);
    void setCanvas(const QString &text, const std::function<void(Template &)> &edit, const QString &mergeKey = {});
    void refresh();

    TemplateDocument *m_document;
    QList<std::function<void()>> m_shows;  ///< each puts one value into its field
};

} // namespace Galley
