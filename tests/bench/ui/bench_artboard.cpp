// How long an edit takes until it is painted: the whole way from the mouse or the form through the document, the layout of the draft and
// the repaint of the artboard, in a window of 1400 × 1000 with the sample poster (1080 × 1350) and a real cut-out in it.
//
//     bench_artboard [FILE.json]      QT_QPA_PLATFORM=offscreen or a display

#include "core/base/json.h"
#include "core/composition/cutouts.h"
#include "core/service/draftservice.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <functional>
#include <vector>

using namespace Galley;

namespace {

constexpr int rounds = 300;
constexpr int warmUp = 20;

double share(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values.at(std::min(values.size() - 1, std::size_t(part * double(values.size()))));
}

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

/// Milliseconds of \a edit (given the number of the round) and the repaint after it.
std::vector<double> measure(Desk &desk, const std::function<void(int)> &edit)
{
    std::vector<double> values;
    QElapsedTimer clock;
    for (int i = 0; i < rounds + warmUp; ++i) {
        QApplication::processEvents();
        clock.start();
        edit(i);
        desk.artboard->repaint();
        if (i >= warmUp)
            values.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    desk.document.endMerge();
    return values;
}

/// A drag with the mouse, round and round; the first step, which lays the ground for the others, counts.
std::vector<double> dragged(Desk &desk, const QString &id, bool corner)
{
    desk.document.setSelection({id});
    const QRectF rect = desk.artboard->tokenRect(id);
    const QPointF from = corner ? rect.bottomRight() : rect.center();
    desk.mouse(QEvent::MouseButtonPress, from);
    const auto values = measure(desk, [&](int i) {
        desk.mouse(QEvent::MouseMove, from + QPointF(10 + (i * 7) % 83, 10 + (i * 5) % 61));
    });
    desk.mouse(QEvent::MouseButtonRelease, from + QPointF(20, 20));
    desk.document.undoStack()->undo();
    return values;
}

/// Every round is the first one of a new drag: what lies ready below changes each time.
std::vector<double> alternating(Desk &desk)
{
    const QStringList ids{QStringLiteral("hero"), QStringLiteral("title"), QStringLiteral("band"), QStringLiteral("cta")};
    return measure(desk, [&](int i) {
        desk.document.apply(QStringLiteral("x"), [&](Template &value) {
            if (Token *token = value.findToken(ids.at(i % ids.size())))
                token->box.x += i % 8 < 4 ? 0.01 : -0.01;
        });
    });
}

Json summary(const std::vector<double> &values)
{
    Json json = Json::object();
    json["n"] = values.size();
    json["median_ms"] = share(values, 0.5);
    json["p95_ms"] = share(values, 0.95);
    json["max_ms"] = share(values, 1);
    return json;
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
    for (int i = 0; i < 200 && desk.draft.state() == DraftService::State::Rendering; ++i) {
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
    const int asked = desk.draft.engineRequests();
    Json results = Json::object();
    const auto report = [&](const char *name, const std::vector<double> &values) {
        results[name] = summary(values);
        out << QString::fromLatin1(name).leftJustified(24) << QString::fromStdString(results[name].dump()) << Qt::endl;
    };
    report("move_subject", dragged(desk, QStringLiteral("hero"), false));
    report("move_text", dragged(desk, QStringLiteral("title"), false));
    report("resize_subject", dragged(desk, QStringLiteral("hero"), true));
    report("resize_text", dragged(desk, QStringLiteral("title"), true));
    report("alternate_tokens", alternating(desk));
    report("edit_text", measure(desk, text));
    report("edit_fill", measure(desk, fill));
    report("edit_ground_color", measure(desk, ground));

    Json json = Json::object();
    json["bench"] = "artboard";
    json["canvas"] = {1080, 1350};
    json["window"] = {1400, 1000};
    json["artboard"] = {desk.artboard->width(), desk.artboard->height()};
    json["zoom"] = desk.artboard->zoom();
    json["device_pixel_ratio"] = desk.artboard->devicePixelRatioF();
    json["platform"] = QGuiApplication::platformName().toStdString();
    json["threads"] = QThread::idealThreadCount();
    json["engine_requests"] = desk.draft.engineRequests() - asked;
    json["results"] = results;
    const QString name = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results/artboard.json");
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(dumpJson(json, 1) + '\n') < 0) {
        out << "Cannot write " << name << Qt::endl;
        return 1;
    }
    return 0;
}
