#pragma once

#include "tests/support/fakefinalservice.h"
#include "tests/support/fakeroutingservice.h"
#include "ui/document/templatedocument.h"
#include "ui/routes/routesworkspace.h"
#include "ui/routes/rulesdraft.h"
#include "ui/routes/ruleseditor.h"
#include "ui/routes/rulespanel.h"
#include "ui/widgets/messagebar.h"

#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Galley {

/// The traffic-split file of product.md §4 as it stands, by the names that the fake catalogue knows.
inline QByteArray splitFile()
{
    return "routes:\n"
           "  - match: \"prompt:.*thumbnail.*\"\n"
           "    model: sd-medium\n"
           "    weight: 70\n"
           "  - match: \"prompt:.*poster.*\"\n"
           "    model: ideogram-typography\n"
           "    weight: 30\n";
}

/// A rule with everything, and one without.
inline QByteArray grownFile()
{
    return "routes:\n"
           "  - name: posters\n"
           "    match: [\"intent:poster\", \"prompt_chars>400\"]\n"
           "    split: [{model: ideogram-4, weight: 70}, {model: studio-flux, weight: 30}]\n"
           "    fallback: [{on: [busy, offline], model: sd-medium}]\n"
           "    burst: {queue: 8, p95_ms: 8000, model: sd-medium}\n"
           "    budget: {per_day_usd: 20}\n"
           "    canary: {model: sd-medium, steps: [5, 10, 25, 50, 100], bake: 24h, min_renders: 20}\n"
           "    note: faces come out better\n"
           "  - name: thumbs\n"
           "    match: \"prompt:thumbnail\"\n"
           "    model: sd-medium\n";
}

/// The Routes workspace over fakes, on screen.
struct RoutesDesk
{
    explicit RoutesDesk(const QByteArray &text = splitFile())
        : settings(home.filePath(QStringLiteral("galley.conf")), QSettings::IniFormat)
        , routing(&finals.models)
    {
        routing.putFile(text, QStringLiteral("anna"), QStringLiteral("first"));
        workspace = std::make_unique<RoutesWorkspace>(RoutesWorkspace::Parts{&routing, &finals, &document, &settings});
        workspace->resize(1440, 800);
        workspace->show();
    }

    /// Until the text has been read.
    bool isReady() const { return QTest::qWaitFor([this] { return workspace->draft()->isChecked(); }, 10000); }

    RulesEditor *editor() const { return workspace->rules()->editor(); }

    /// The newest one: those of an earlier message live until the event loop turns.
    static QPushButton *buttonOf(const QWidget *place, const QString &text)
    {
        QPushButton *found = nullptr;
        for (QPushButton *button : place->findChildren<QPushButton *>())
            found = button->text() == text ? button : found;
        return found;
    }

    QTemporaryDir home;
    QSettings settings;
    FakeFinalService finals;
    FakeRoutingService routing;
    TemplateDocument document;
    std::unique_ptr<RoutesWorkspace> workspace;
};

} // namespace Galley
