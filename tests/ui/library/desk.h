#pragma once

#include "core/settings/settings.h"
#include "tests/support/fakefinalservice.h"
#include "tests/support/fakelibraryservice.h"
#include "tests/support/fakeroutingservice.h"
#include "ui/library/filterbar.h"
#include "ui/library/libraryactions.h"
#include "ui/library/libraryedits.h"
#include "ui/library/libraryworkspace.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace Galley {

/// The Library workspace over fakes, on screen.
struct LibraryDesk
{
    explicit LibraryDesk(int pictures = 60)
        : settings(home.filePath(QStringLiteral("galley.conf")))
        , routing(&finals.models)
    {
        library.fill(pictures);
        workspace = std::make_unique<LibraryWorkspace>(LibraryWorkspace::Parts{&library, &finals, &routing, &settings});
        workspace->resize(1440, 800);
        workspace->show();
    }

    /// Until the first answer is there.
    bool isReady() const
    {
        return QTest::qWaitFor([this] {
            const PictureShelf *shelf = workspace->shelf();
            return shelf->hasAnswer() && (shelf->count() == 0 || shelf->card(shelf->ids().first()));
        }, 10000);
    }

    PictureGrid *grid() const { return workspace->grid(); }
    PictureShelf *shelf() const { return workspace->shelf(); }
    QAction *action(const char *name) const { return workspace->actions()->action(name); }
    const Judgement &judgement(qint64 id) { return library.find(id)->judgement; }

    /// The newest one: those of an earlier message live until the event loop turns.
    static QPushButton *buttonOf(const QWidget *place, const QString &text)
    {
        QPushButton *found = nullptr;
        for (QPushButton *button : place->findChildren<QPushButton *>())
            found = button->text() == text ? button : found;
        return found;
    }

    QTemporaryDir home;
    Settings settings;
    FakeFinalService finals;
    FakeRoutingService routing;
    FakeLibraryService library;
    std::unique_ptr<LibraryWorkspace> workspace;
};

} // namespace Galley
