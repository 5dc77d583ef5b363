#pragma once

#include "core/service/draftservice.h"
#include "core/settings/settings.h"
#include "testpaths.h"
#include "tests/support/fakeengine.h"
#include "tests/support/fakefinalservice.h"
#include "tests/support/fakelibraryservice.h"
#include "tests/support/fakeroutingservice.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QTemporaryDir>

#include <memory>

namespace Galley {

/// A whole window over a fake engine and fake finals, with a home of its own. Whoever needs a library or rules puts them into `parts`, then calls open().
struct WindowFixture
{
    WindowFixture()
        : settings(home.filePath(QStringLiteral("galley.conf")))
        , draft(&engine, nullptr)
        , routing(&finals.models)
    {
        settings.draftSteps.set(2);  // layers of the fake take no time: automatic steps would grow under a test
        parts.paths.data = home.filePath(QStringLiteral("data"));
        parts.paths.config = home.filePath(QStringLiteral("config"));
        parts.paths.resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
        parts.settings = &settings;
        parts.draft = &draft;
        parts.themes = &themes;
        parts.finals = &finals;
    }

    void open() { window = std::make_unique<MainWindow>(parts); }
    QAction *action(const char *name) const { return window->findChild<QAction *>(QLatin1String(name)); }

    QTemporaryDir home;
    Settings settings;
    FakeEngine engine;
    DraftService draft;
    FakeFinalService finals;
    FakeRoutingService routing;
    FakeLibraryService library;
    ThemeSwitch themes;
    WindowParts parts;
    std::unique_ptr<MainWindow> window;
};

} // namespace Galley
