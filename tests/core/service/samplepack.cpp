#include "tests/core/service/samplepack.h"

#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"

#include <QBuffer>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

QByteArray png(const QColor &color)
{
    QImage image(20, 20, QImage::Format_ARGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

/// float32 scale, then 256 int8, as packaging/draft-model writes them.
QByteArray packed(QList<float> vector)
{
    float length = 0;
    for (const float value : vector)
        length += value * value;
    length = std::sqrt(length);
    QByteArray row(4, Qt::Uninitialized);
    const float scale = 1 / 127.0f;
    std::copy_n(reinterpret_cast<const char *>(&scale), 4, row.data());
    for (const float value : vector)
        row.append(char(std::lround(value / length * 127)));
    return row;
}

void write(const QString &file, const QByteArray &bytes)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file));
}

} // namespace

std::shared_ptr<const CutoutLibrary> writeSamplePack(const QString &folder, bool withVectors)
{
    QDir().mkpath(folder);
    const QStringList captions{QStringLiteral("red apple"), QStringLiteral("sailing boat"), QStringLiteral("unsure thing")};
    const QColor colors[] = {Qt::red, Qt::blue, Qt::green};
    FakeEngine engine;
    const Json columns = {"id", "caption", "keywords", "style", "source", "licence", "author", "bytes", "width", "height", "vectors"};
    Json items = Json::array();
    QByteArray blob;
    QByteArray vectors;
    for (int i = 0; i < captions.size(); ++i) {
        const QByteArray picture = png(colors[i]);
        items.push_back(Json::array({"cut-" + std::to_string(i), captions[i].toStdString(), Json::array(), "flat", "Test Pack", "CC0-1.0", "",
                                     picture.size(), 20, 20, 1}));
        blob += picture;
        vectors += packed(engine.embed({captions[i]}).result()->first());
    }
    write(folder + QStringLiteral("/index.json"), dumpJson(Json{{"format", 2}, {"columns", columns}, {"items", items}}));
    write(folder + QStringLiteral("/cutouts.bin"), blob);
    if (withVectors)
        write(folder + QStringLiteral("/vectors.bin"), vectors);
    const auto library = CutoutLibrary::load(folder);
    if (!library)
        qFatal("%s", qPrintable(library.error().message));
    return *library;
}

Template sampleTemplate()
{
    Template value = newTemplate(QStringLiteral("Sample"), {400, 500});
    Token hero;
    hero.id = QStringLiteral("hero");
    hero.role = Role::Subject;
    hero.box = {0.1, 0.3, 0.5, 0.5};
    hero.z = 1;
    hero.show = QStringLiteral("{subject}");
    Token side = hero;
    side.id = QStringLiteral("side");
    side.box = {0.7, 0.7, 0.25, 0.25};
    side.show = QStringLiteral("a pear");
    Token title;
    title.id = QStringLiteral("title");
    title.role = Role::Headline;
    title.box = {0.1, 0.05, 0.8, 0.15};
    title.z = 2;
    title.text = QStringLiteral("{headline}");
    value.tokens = {hero, side, title};
    Slot subject;
    subject.name = QStringLiteral("subject");
    subject.type = SlotType::Subject;
    subject.defaultValue = QStringLiteral("red apple");
    Slot headline;
    headline.name = QStringLiteral("headline");
    headline.defaultValue = QStringLiteral("Spring Market");
    value.slotList = {subject, headline};
    return value;
}

} // namespace Galley
