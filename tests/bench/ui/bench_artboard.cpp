// How long an edit takes until it is painted: the whole way from the mouse or the form through the document, the layout of the draft and
// the repaint of the artboard, in a window of 1400 × 1000 with the sample poster (1080 × 1350) and a real cut-out in it.
//
//     bench_artboard [FOLDER]      QT_QPA_PLATFORM=offscreen or a display

#include "core/composition/cutouts.h"
#include "core/service/draftservice.h"
#include "testpaths.h"
#include "tests/bench/bench.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QTextStream>
#include <QThread>

#include <functional>

using namespace Galley;

namespace {

constexpr int rounds = 300;
constexpr int warmUp = 20;

/// Document, service and artboard, joined as the window joins them.
struct Desk
{
    explicit Desk(std::shared_ptr<const CutoutLibrary> cutouts)
        : draft(nullptr, std::move(cutouts))
        , artboard(new Artboard(&document, &draft))
    {
        options.source = SubjectSource::ClipArt;
        QObject::connect(&document, &TemplateDocument::changed, &draft,
                         [this] { draft.setInput(document.value(), document.row(), document.folder(), options); });
        // The docks take 280 on both sides, tool bar and ring 150 above and below.
        auto *layout = new QHBoxLayout(&window);
        layout->setContentsMargins(280, 50, 280, 100);
        layout->addWidget(artboard);
        window.resize(1400, 1000);
        window.show();
    }

    void mouse(QEvent::Type type, const QPointF &point)
    {
        QMouseEvent event(type, point, artboard->mapToGlobal(point), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(artboard, &event);
    }

    TemplateDocument document;
    DraftService draft;
    QWidget window;
    Artboard *artboard;
    DraftOptions options;
};

/// \a edit (given the number of the round) and the repaint after it.
void measure(BenchReport &report, const char *name, Desk &desk, const std::function<void(int)> &edit)
{
    report.measure(
        QLatin1String(name), rounds,
        [&](int i) {
            edit(i);
            desk.artboard->repaint();
        },
        warmUp);
    desk.document.endMerge();
}

/// A drag with the mouse, round and round.
void drag(BenchReport &report, const char *name, Desk &desk, const QString &id, bool corner)
{
    desk.document.setSelection({id});
    const QRectF rect = desk.artboard->tokenRect(id);
    const QPointF from = corner ? rect.bottomRight() : rect.center();
    desk.mouse(QEvent::MouseButtonPress, from);
    measure(report, name, desk, [&](int i) {
        desk.mouse(QEvent::MouseMove, from + QPointF(10 + (i * 7) % 83, 10 + (i * 5) % 61));
    });
    desk.mouse(QEvent::MouseButtonRelease, from + QPointF(20, 20));
    desk.document.undoStack()->undo();
}

/// Every round is the first one of a new edit: what lies ready below changes each time.
void alternate(BenchReport &report, Desk &desk)
{
    const QStringList ids{QStringLiteral("hero"), QStringLiteral("title"), QStringLiteral("band"), QStringLiteral("cta")};
    measure(report, "move another token each time", desk, [&](int i) {
        desk.document.apply(QStringLiteral("x"), [&](Template &value) {
            if (Token *token = value.findToken(ids.at(i % ids.size())))
                token->box.x += i % 8 < 4 ? 0.01 : -0.01;
        });
    });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QTextStream out(stdout);
    const QString resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    loadBundledFonts(resources);
    const auto cutouts = CutoutLibrary::load(resources + QStringLiteral("/cutouts"));
    if (!cutouts) {
        out << cutouts.error().message << Qt::endl;
        return 1;
    }
    Desk desk(*cutouts);
    if (const auto opened = desk.document.open(resources + QStringLiteral("/templates/market-poster.galley")); !opened) {
        out << opened.error().message << Qt::endl;
        return 1;
    }
    // The window has to be exposed, or nothing is painted and everything is quick.
    for (int i = 0; i < 50 || (i < 500 && desk.draft.state() == DraftService::State::Rendering); ++i) {
        QApplication::processEvents();
        QThread::msleep(10);
    }
    const auto text = [&](int i) {
        desk.document.setSlotValue(QStringLiteral("headline"), QStringLiteral("Spring Market %1").arg(i), QStringLiteral("typing"));
    };
    const auto fill = [&](int i) {
        desk.document.apply(QStringLiteral("x"), [i](Template &value) {
            value.findToken(QStringLiteral("band"))->fill = QStringLiteral("#%1").arg(0x102030 + i * 0x111, 6, 16, QLatin1Char('0'));
        });
    };
    const auto ground = [&](int i) {
        desk.document.apply(QStringLiteral("x"), [i](Template &value) {
            value.findToken(QStringLiteral("ground"))->palette = {QStringLiteral("#%1").arg(0xF0E0D0 - i * 0x111, 6, 16, QLatin1Char('0'))};
        });
    };
    desk.document.setReadOnly(false);
    const int asked = desk.draft.engineRequests();
    BenchReport report(QStringLiteral("artboard"));
    drag(report, "move subject", desk, QStringLiteral("hero"), false);
    drag(report, "move text", desk, QStringLiteral("title"), false);
    drag(report, "resize subject", desk, QStringLiteral("hero"), true);
    drag(report, "resize text", desk, QStringLiteral("title"), true);
    alternate(report, desk);
    measure(report, "edit text", desk, text);
    measure(report, "edit fill", desk, fill);
    measure(report, "edit ground color", desk, ground);
    if (desk.draft.engineRequests() != asked) {
        out << "The model was asked while boxes moved." << Qt::endl;
        return 1;
    }
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results");
    return report.write(folder) ? 0 : 1;
}
