#pragma once

#include "core/template/template.h"

#include <QScrollArea>

#include <functional>

class QFormLayout;
class QLabel;
class QVBoxLayout;

namespace Galley {

class DraftService;
class NumberField;
class TemplateDocument;
class WordsField;

/// Everything about the selected tokens: place, words, look, type. Several tokens show what they share, and take edits together.
class Inspector : public QScrollArea
{
    Q_OBJECT

public:
    Inspector(TemplateDocument *document, DraftService *draft, QWidget *parent = nullptr);

    /// Puts the focus where the words of the selected token are.
    void editWords();

Q_SIGNALS:
    void message(const QString &sentence);
    void candidatesWanted();  ///< of the selected subject

private:
    using Edit = std::function<void(Token &)>;
    using Applies = std::function<bool(const Token &)>;

    QFormLayout *section(const QString &title, Applies applies);
    void buildPlace();
    void buildWords();
    void buildLook();
    void addSeed(QFormLayout *form);
    void buildType();
    void addNumber(QFormLayout *form, const QString &letter, const QString &label, double least, double most, int decimals,
                   const QString &unit, std::function<double(const Token &)> get, std::function<void(Token &, double)> set,
                   QWidget *into = nullptr);
    void addWords(QFormLayout *form, const QString &label, const QString &help, QString Token::*member, Applies applies);
    void addColor(QFormLayout *form, const QString &label, const QString &emptyText, std::function<QString &(Token &)> access);
    void addChoice(QFormLayout *form, const QString &label, const QStringList &names, const QStringList &icons,
                   std::function<int(const Token &)> get, std::function<void(Token &, int)> set);

    void edit(const QString &what, const Edit &change, const QString &mergeKey = {});
    QList<Token> selected() const;
    void refresh();
    void showSubject(const Token &token);

    TemplateDocument *m_document;
    DraftService *m_draft;
    QVBoxLayout *m_layout;
    QLabel *m_title;
    QLabel *m_source;
    QWidget *m_empty;
    QList<std::function<void(const QList<Token> &)>> m_shows;
    WordsField *m_textField = nullptr;
    WordsField *m_showField = nullptr;
};

} // namespace Galley
