#include "tests/bench/bench.h"

#include "core/composition/cutouts.h"
#include "core/composition/cutoutstyle.h"
#include "core/composition/grounds.h"
#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QGuiApplication>
#include <QPainter>

using namespace Galley;

namespace {

const QSize canvas(1080, 1350);

/// The market poster with a cut-out, repainted after every edit as the artboard does at 100 %.
class Poster
{
public:
    explicit Poster(const QString &resources)
        : m_screen(canvas, QImage::Format_RGB32)
    {
        m_template = loadTemplate(resources + QStringLiteral("/templates/market-poster.galley"))->value;
        const auto pack = CutoutLibrary::load(resources + QStringLiteral("/cutouts"));
        const int index = (*pack)->nearestByWords(QStringLiteral("red apple")).constFirst().index;
        m_pictures.insert(QStringLiteral("hero"), *(*pack)->image(index));
    }

    Token &token(const char *id) { return *m_template.findToken(QString::fromLatin1(id)); }
    Slot &slot(const char *name) { return *m_template.findSlot(QString::fromLatin1(name)); }
    Scene scene() const { return buildScene(*resolve(m_template, {})); }
    const LayerPictures &pictures() const { return m_pictures; }

    /// From the edited template to the last pixel: resolve, scene, paint.
    void repaint()
    {
        QPainter painter(&m_screen);
        m_painter.paint(painter, scene(), m_pictures);
    }

private:
    Template m_template;
    LayerPictures m_pictures;
    QImage m_screen;
    ScenePainter m_painter;
};

void measureEdits(BenchReport &report, Poster &poster)
{
    const int n = 200;
    poster.repaint();
    report.measure(QStringLiteral("repaint, nothing changed"), n, [&](int) { poster.repaint(); });
    report.measure(QStringLiteral("move the subject"), n, [&](int i) {
        poster.token("hero").box.x = 0.05 + i % 60 * 0.003;
        poster.repaint();
    });
    report.measure(QStringLiteral("resize the subject"), n, [&](int i) {
        poster.token("hero").box.height = 0.2 + i * 0.0015;
        poster.repaint();
    });
    report.measure(QStringLiteral("move the headline"), n, [&](int i) {
        poster.token("title").box.y = 0.02 + i % 60 * 0.0011;
        poster.repaint();
    });
    report.measure(QStringLiteral("resize the headline"), n, [&](int i) {
        poster.token("title").box.width = 0.3 + i * 0.003;
        poster.repaint();
    });
    report.measure(QStringLiteral("type into the headline"), n, [&](int i) {
        poster.slot("headline").defaultValue = QStringLiteral("Spring Market on the green hill").left(2 + i % 29) + QString::number(i);
        poster.repaint();
    });
    report.measure(QStringLiteral("type into the body"), n, [&](int i) {
        poster.slot("place").defaultValue = QStringLiteral("Old Market Square\nFruit, bread, flowers and music all day %1").arg(i);
        poster.repaint();
    });
    report.measure(QStringLiteral("recolour the headline"), n, [&](int i) {
        poster.token("title").style.color = QColor::fromHsv(i % 360, 200, 120).name();
        poster.repaint();
    });
    report.measure(QStringLiteral("recolour the panel"), n, [&](int i) {
        poster.token("band").fill = QColor::fromHsv(i % 360, 120, 90).name();
        poster.repaint();
    });
    report.measure(QStringLiteral("recolour the subject"), n, [&](int i) {
        poster.token("hero").palette = {QColor::fromHsv(i % 360, 200, 200).name()};
        poster.repaint();
    });
    report.measure(QStringLiteral("recolour the ground (sunburst)"), n, [&](int i) {
        poster.token("ground").palette = {QColor::fromHsv(i % 360, 20, 245).name(), QColor::fromHsv(i % 360, 60, 235).name()};
        poster.repaint();
    });
}

void measureGrounds(BenchReport &report)
{
    for (const char *words : {"plain", "gradient", "glow", "stripes", "dots", "sunburst", "waves", "hills", "confetti", "grain",
                              "paper", "bokeh"}) {
        const QList<QColor> palette{QColor(0xF4EFE7), QColor(0x2A9DB0), QColor(0xF5C542)};
        report.measure(QStringLiteral("ground: ") + QLatin1String(words), 20,
                       [&](int) { renderGround(QString::fromLatin1(words), Qt::white, palette, canvas); });
    }
}

/// A box of 600 px, and the same at 2×: looked at and rendered as after another word, and rendered alone as while a box is resized.
void measureStyles(BenchReport &report, const QImage &picture)
{
    QStringList styles{QString()};
    styles << StyledCutout::styles();
    for (const QString &style : std::as_const(styles)) {
        const QString name = QStringLiteral("style: ") + (style.isEmpty() ? QStringLiteral("none") : style);
        const StyledCutout styled(picture, style);
        report.measure(name + QStringLiteral(", looked at"), 20, [&](int) { StyledCutout(picture, style); });
        for (const int side : {600, 1200}) {
            report.measure(name + QStringLiteral(", rendered at %1 px").arg(side), 20,
                           [&](int) { styled.rendered(styled.size().scaled(side, side, Qt::KeepAspectRatio)); });
        }
    }
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QString resources = QStringLiteral(GALLEY_SOURCE_DIR "/resources");
    loadBundledFonts(resources);
    BenchReport report(QStringLiteral("composition"));
    Poster poster(resources);
    report.measure(QStringLiteral("compose 1080x1350, nothing cached"), 20, [&](int) {
        ScenePainter painter;
        painter.compose(poster.scene(), poster.pictures(), canvas);
    });
    ScenePainter painter;
    report.measure(QStringLiteral("compose 1080x1350, cached"), 100,
                   [&](int) { painter.compose(poster.scene(), poster.pictures(), canvas); });
    measureEdits(report, poster);
    measureGrounds(report);
    measureStyles(report, poster.pictures().value(QStringLiteral("hero")));
    return report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
