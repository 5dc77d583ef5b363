#include "core/template/templatefile.h"
#include "ui/document/templatedocument.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

Token token(const QString &id, Role role)
{
    Token result;
    result.id = id;
    result.role = role;
    result.box = {0.1, 0.1, 0.5, 0.2};
    return result;
}

Template sample()
{
    Template value = newTemplate(QStringLiteral("Sample"), {1000, 1000});
    value.tokens = {token(QStringLiteral("hero"), Role::Subject), token(QStringLiteral("title"), Role::Headline)};
    value.tokens[0].show = QStringLiteral("{subject}");
    value.tokens[1].text = QStringLiteral("{headline}");
    Slot headline;
    headline.name = QStringLiteral("headline");
    headline.defaultValue = QStringLiteral("Spring Market");
    Slot subject;
    subject.name = QStringLiteral("subject");
    subject.type = SlotType::Subject;
    subject.defaultValue = QStringLiteral("a basket of apples");
    value.slotList = {headline, subject};
    return value;
}

void write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

} // namespace

class TestTemplateDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void apply_becomesOneNamedStep();
    void apply_withoutChange_isNoStep();
    void applyWithSameKey_becomesOneStep();
    void applyBackToTheStart_leavesNoStep();
    void endMerge_startsAnotherStep();
    void undo_thenTyping_startsAnotherStep();
    void readOnly_changesNothing();
    void selection_keepsOnlyKnownTokens();
    void selection_followsARename();
    void undoOfDelete_selectsWhatCameBack();
    void slotValue_withoutRows_changesTheDefault();
    void slotValue_onARow_changesTheRowOnly();
    void undoOfARowEdit_goesToThatRow();
    void undoOfATemplateEdit_staysOnTheRow();
    void openRows_canBeUndone();
    void setCurrentRow_isClamped();
    void saveAndOpen_giveTheSameValue();
    void undoToTheSavedState_isUnmodified();
    void saveInAnotherFolder_movesImagePaths();
    void changedOnDisk_isSeen();
    void openOfNonsense_leavesTheDocumentAlone();
    void openOfAnUnknownSlot_warnsInsteadOfRefusing();
    void openOfAWriteProtectedFile_isReadOnly();
    void restoredWork_isModified();

private:
    std::unique_ptr<TemplateDocument> m_document;
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void openTwoRows();
    void setTitle(const QString &text, const QString &key = {});
    QString title() const { return m_document->value().findToken(QStringLiteral("title"))->text; }
};

void TestTemplateDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_document = std::make_unique<TemplateDocument>();
    m_document->openValue(sample(), m_folder->path());
}

void TestTemplateDocument::openTwoRows()
{
    write(path("rows.csv"), "headline,subject\nOne,a cat\nTwo,a dog\n");
    const auto opened = m_document->openRows(path("rows.csv"));
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().message));
    QCOMPARE(m_document->rows().rows.size(), 2);
}

void TestTemplateDocument::setTitle(const QString &text, const QString &key)
{
    m_document->apply(
        QStringLiteral("Type"), [&](Template &value) { value.findToken(QStringLiteral("title"))->text = text; }, key);
}

void TestTemplateDocument::apply_becomesOneNamedStep()
{
    QSignalSpy changed(m_document.get(), &TemplateDocument::changed);
    QSignalSpy modified(m_document.get(), &TemplateDocument::modifiedChanged);
    setTitle(QStringLiteral("Summer"));
    QCOMPARE(m_document->undoStack()->count(), 1);
    QCOMPARE(m_document->undoStack()->undoText(), QStringLiteral("Type"));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(modified.count(), 1);
    QVERIFY(m_document->isModified());
    m_document->undoStack()->undo();
    QCOMPARE(title(), QStringLiteral("{headline}"));
    QVERIFY(!m_document->isModified());
    m_document->undoStack()->redo();
    QCOMPARE(title(), QStringLiteral("Summer"));
}

void TestTemplateDocument::apply_withoutChange_isNoStep()
{
    QSignalSpy changed(m_document.get(), &TemplateDocument::changed);
    setTitle(QStringLiteral("{headline}"));
    QCOMPARE(m_document->undoStack()->count(), 0);
    QCOMPARE(changed.count(), 0);
}

void TestTemplateDocument::applyWithSameKey_becomesOneStep()
{
    const QString key = QStringLiteral("type-title");
    setTitle(QStringLiteral("a"), key);
    setTitle(QStringLiteral("ab"), key);
    setTitle(QStringLiteral("abc"), key);
    QCOMPARE(m_document->undoStack()->count(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(title(), QStringLiteral("{headline}"));
    m_document->undoStack()->redo();
    QCOMPARE(title(), QStringLiteral("abc"));
}

void TestTemplateDocument::applyBackToTheStart_leavesNoStep()
{
    const QString key = QStringLiteral("type-title");
    setTitle(QStringLiteral("a"), key);
    setTitle(QStringLiteral("{headline}"), key);
    QCOMPARE(m_document->undoStack()->count(), 0);
    QVERIFY(!m_document->isModified());
}

void TestTemplateDocument::endMerge_startsAnotherStep()
{
    const QString key = QStringLiteral("type-title");
    setTitle(QStringLiteral("a"), key);
    m_document->endMerge();
    setTitle(QStringLiteral("ab"), key);
    setTitle(QStringLiteral("abc"), QStringLiteral("other"));
    QCOMPARE(m_document->undoStack()->count(), 3);
}

void TestTemplateDocument::undo_thenTyping_startsAnotherStep()
{
    const QString key = QStringLiteral("type-title");
    setTitle(QStringLiteral("a"), key);
    m_document->endMerge();
    setTitle(QStringLiteral("ab"), key);
    m_document->undoStack()->undo();
    setTitle(QStringLiteral("ax"), key);
    m_document->undoStack()->undo();
    QCOMPARE(title(), QStringLiteral("a"));
}

void TestTemplateDocument::readOnly_changesNothing()
{
    m_document->setReadOnly(true);
    setTitle(QStringLiteral("Summer"));
    m_document->setSlotValue(QStringLiteral("headline"), QStringLiteral("x"));
    QCOMPARE(m_document->undoStack()->count(), 0);
    QCOMPARE(title(), QStringLiteral("{headline}"));
}

void TestTemplateDocument::selection_keepsOnlyKnownTokens()
{
    QSignalSpy spy(m_document.get(), &TemplateDocument::selectionChanged);
    m_document->setSelection({QStringLiteral("hero"), QStringLiteral("nobody"), QStringLiteral("hero")});
    QCOMPARE(m_document->selection(), QStringList{QStringLiteral("hero")});
    m_document->setSelection({QStringLiteral("hero")});
    QCOMPARE(spy.count(), 1);
    m_document->apply(QStringLiteral("Delete"), [](Template &value) { value.tokens.removeFirst(); });
    QVERIFY(m_document->selection().isEmpty());
    QCOMPARE(spy.count(), 2);
}

void TestTemplateDocument::selection_followsARename()
{
    m_document->setSelection({QStringLiteral("hero")});
    m_document->apply(QStringLiteral("Rename"), [](Template &value) { value.tokens[0].id = QStringLiteral("fruit"); });
    QCOMPARE(m_document->selection(), QStringList{QStringLiteral("fruit")});
    m_document->undoStack()->undo();
    QCOMPARE(m_document->selection(), QStringList{QStringLiteral("hero")});
}

void TestTemplateDocument::undoOfDelete_selectsWhatCameBack()
{
    m_document->setSelection({QStringLiteral("hero")});
    m_document->apply(QStringLiteral("Delete"), [](Template &value) { value.tokens.removeFirst(); });
    m_document->undoStack()->undo();
    QCOMPARE(m_document->selection(), QStringList{QStringLiteral("hero")});
}

void TestTemplateDocument::slotValue_withoutRows_changesTheDefault()
{
    m_document->setSlotValue(QStringLiteral("headline"), QStringLiteral("Autumn"));
    QCOMPARE(m_document->value().findSlot(QStringLiteral("headline"))->defaultValue, QStringLiteral("Autumn"));
    QCOMPARE(m_document->undoStack()->count(), 1);
    m_document->setSlotValue(QStringLiteral("unknown"), QStringLiteral("x"));
    QCOMPARE(m_document->undoStack()->count(), 1);
}

void TestTemplateDocument::slotValue_onARow_changesTheRowOnly()
{
    openTwoRows();
    QCOMPARE(m_document->currentRow(), 1);
    QCOMPARE(m_document->row().values.value(QStringLiteral("headline")), QStringLiteral("One"));
    m_document->setSlotValue(QStringLiteral("headline"), QStringLiteral("Uno"), QStringLiteral("k"));
    m_document->setSlotValue(QStringLiteral("headline"), QStringLiteral("Uno!"), QStringLiteral("k"));
    QCOMPARE(m_document->row().values.value(QStringLiteral("headline")), QStringLiteral("Uno!"));
    QCOMPARE(m_document->value().findSlot(QStringLiteral("headline"))->defaultValue, QStringLiteral("Spring Market"));
    QVERIFY(!m_document->isModified());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->row().values.value(QStringLiteral("headline")), QStringLiteral("One"));
}

void TestTemplateDocument::undoOfARowEdit_goesToThatRow()
{
    openTwoRows();
    m_document->setSlotValue(QStringLiteral("headline"), QStringLiteral("Uno"));
    m_document->setCurrentRow(2);
    QSignalSpy spy(m_document.get(), &TemplateDocument::currentRowChanged);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->currentRow(), 1);
    QCOMPARE(spy.count(), 1);
}

void TestTemplateDocument::undoOfATemplateEdit_staysOnTheRow()
{
    openTwoRows();
    setTitle(QStringLiteral("x"));
    m_document->setCurrentRow(2);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->currentRow(), 2);
}

void TestTemplateDocument::openRows_canBeUndone()
{
    openTwoRows();
    QSignalSpy spy(m_document.get(), &TemplateDocument::rowsChanged);
    m_document->closeRows();
    QCOMPARE(m_document->currentRow(), 0);
    QVERIFY(m_document->rows().rows.isEmpty());
    m_document->undoStack()->undo();
    QCOMPARE(m_document->rows().rows.size(), 2);
    QCOMPARE(m_document->currentRow(), 1);
    QCOMPARE(spy.count(), 2);
}

void TestTemplateDocument::setCurrentRow_isClamped()
{
    openTwoRows();
    m_document->setCurrentRow(99);
    QCOMPARE(m_document->currentRow(), 2);
    m_document->setCurrentRow(-4);
    QCOMPARE(m_document->currentRow(), 0);
}

void TestTemplateDocument::saveAndOpen_giveTheSameValue()
{
    setTitle(QStringLiteral("Summer"));
    QSignalSpy spy(m_document.get(), &TemplateDocument::fileChanged);
    QVERIFY(m_document->save(path("a.galley")));
    QCOMPARE(spy.count(), 1);
    QVERIFY(!m_document->isModified());
    QCOMPARE(m_document->file(), path("a.galley"));
    QCOMPARE(m_document->displayName(), QStringLiteral("a"));
    const Template before = m_document->value();
    QSignalSpy replaced(m_document.get(), &TemplateDocument::replaced);
    const auto opened = m_document->open(path("a.galley"));
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().message));
    QCOMPARE(replaced.count(), 1);
    QCOMPARE(writeTemplate(m_document->value()), writeTemplate(before));
    QCOMPARE(m_document->undoStack()->count(), 0);
    QVERIFY(!m_document->isReadOnly());
}

void TestTemplateDocument::undoToTheSavedState_isUnmodified()
{
    setTitle(QStringLiteral("one"));
    QVERIFY(m_document->save(path("a.galley")));
    setTitle(QStringLiteral("two"));
    QVERIFY(m_document->isModified());
    m_document->undoStack()->undo();
    QVERIFY(!m_document->isModified());
    m_document->undoStack()->undo();
    QVERIFY(m_document->isModified());
}

void TestTemplateDocument::saveInAnotherFolder_movesImagePaths()
{
    m_document->apply(QStringLiteral("Image"),
                      [](Template &value) { value.tokens[0].image = QStringLiteral("pictures/a.png"); });
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sub")));
    QVERIFY(m_document->save(path("sub/a.galley")));
    QCOMPARE(m_document->value().tokens.at(0).image, QStringLiteral("../pictures/a.png"));
    m_document->undoStack()->undo();
    m_document->undoStack()->redo();
    QCOMPARE(m_document->value().tokens.at(0).image, QStringLiteral("../pictures/a.png"));
    QVERIFY(!m_document->isModified());
}

void TestTemplateDocument::changedOnDisk_isSeen()
{
    QVERIFY(!m_document->isChangedOnDisk());
    QVERIFY(m_document->save(path("a.galley")));
    QVERIFY(!m_document->isChangedOnDisk());
    Template other = sample();
    other.name = QStringLiteral("Somebody else");
    QVERIFY(saveTemplate(other, path("a.galley")));
    QVERIFY(m_document->isChangedOnDisk());
    QVERIFY(m_document->open(path("a.galley")));
    QVERIFY(!m_document->isChangedOnDisk());
    QVERIFY(QFile::remove(path("a.galley")));
    QVERIFY(!m_document->isChangedOnDisk());
}

void TestTemplateDocument::openOfNonsense_leavesTheDocumentAlone()
{
    write(path("bad.galley"), "{\"galley\": 1, ");
    const auto opened = m_document->open(path("bad.galley"));
    QVERIFY(!opened);
    QVERIFY(opened.error().message.contains(QStringLiteral("bad.galley")));
    QVERIFY(!m_document->open(path("missing.galley")));
    QCOMPARE(m_document->value().name, QStringLiteral("Sample"));
}

void TestTemplateDocument::openOfAnUnknownSlot_warnsInsteadOfRefusing()
{
    setTitle(QStringLiteral("{headlin}"));
    QVERIFY(m_document->save(path("a.galley")));
    QVERIFY(m_document->open(path("a.galley")));
    QVERIFY(!m_document->loadWarnings().isEmpty());
    QCOMPARE(m_document->loadWarnings().first().code, QStringLiteral("unknown_slot"));
}

void TestTemplateDocument::openOfAWriteProtectedFile_isReadOnly()
{
    QVERIFY(saveTemplate(sample(), path("a.galley")));
    QFile::setPermissions(path("a.galley"), QFileDevice::ReadOwner);
    if (QFileInfo(path("a.galley")).isWritable())
        QSKIP("root may write everything");
    QVERIFY(m_document->open(path("a.galley")));
    QVERIFY(m_document->isReadOnly());
}

void TestTemplateDocument::restoredWork_isModified()
{
    QVERIFY(m_document->save(path("a.galley")));
    Template work = m_document->value();
    work.name = QStringLiteral("Not saved yet");
    RowSet rows;
    rows.rows = {Row{1, {}, {}}, Row{2, {}, {}}};
    TemplateDocument other;
    other.restoreWork(work, m_folder->path(), path("a.galley"), rows, 2);
    QVERIFY(other.isModified());
    QCOMPARE(other.currentRow(), 2);
    QVERIFY(!other.isChangedOnDisk());
    QVERIFY(other.save(other.file()));
    QVERIFY(!other.isModified());
}

QTEST_GUILESS_MAIN(TestTemplateDocument)
#include "tst_templatedocument.moc"
