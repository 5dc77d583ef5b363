#include "tests/bench/filledlibrary.h"

#include "core/store/store.h"

#include <QBuffer>
#include <QImage>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace Galley {

namespace {

constexpr int usualPictures = 100'000;

QByteArray jpegOf(int number)
{
    QImage image(256, 320, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb((x * 3 + number) & 255, (y * 2 + number * 7) & 255, ((x ^ y) + number * 13) & 255);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 85);
    return bytes;
}

} // namespace

int libraryPictures()
{
    bool ok = false;
    const int wanted = qEnvironmentVariableIntValue("GALLEY_PICTURES", &ok);
    return ok && wanted > 1000 ? wanted : usualPictures;
}

bool fillLibrary(const QString &folder, int pictures)
{
    {
        Store store(folder);
        if (!store.open().result())
            return false;
    }
    bool done = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("fill"));
        database.setDatabaseName(folder + QStringLiteral("/library.db"));
        done = database.open();
        for (const char *pragma : {"PRAGMA synchronous = OFF", "PRAGMA cache_size = -600000", "PRAGMA wal_autocheckpoint = 0"})
            QSqlQuery(database).exec(QString::fromLatin1(pragma));
        done = done && database.transaction();
        QSqlQuery asset(database), thumbnail(database), score(database);
        asset.prepare(QStringLiteral("INSERT INTO assets (digest, media_type, width, height, bytes, created, template_id, template_name, project, row, requested_model, "
                                     "routed_model, served_model, revision, rule, cohort, seed, cost, rating, prompt, provenance, model, pick, tags) "
                                     "VALUES (?, 'image/png', 1024, 1280, 1500000, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        thumbnail.prepare(QStringLiteral("INSERT INTO thumbnails (asset, format, problem, bytes) VALUES (?, 'jpeg', '', ?)"));
        score.prepare(QStringLiteral("INSERT INTO scores (asset, name, value) VALUES (?, 'text', ?)"));
        QList<QByteArray> kinds;
        for (int i = 0; i < 20; ++i)
            kinds.append(jpegOf(i));
        const char *const models[] = {"ideogram-4", "gpt-image-1.5", "sd3.5-medium", "flux-2-pro", "gemini-image"};
        const char *const things[] = {"apples", "lanterns", "bicycles", "tulips", "violins", "harbours", "mountains", "pastries", "umbrellas", "foxes"};
        QRandomGenerator random(7);
        const QString provenance = QStringLiteral("{\"schema\":1,\"answer\":\"%1\"}").arg(QString(1500, QLatin1Char('a')));
        for (int i = 0; done && i < pictures; ++i) {
            const QString model = QString::fromLatin1(models[random.bounded(5)]);
            asset.addBindValue(QStringLiteral("%1").arg(i, 64, 16, QLatin1Char('0')));
            asset.addBindValue(1'700'000'000'000LL + i * 900'000LL);
            const int source = random.bounded(300);
            asset.addBindValue(QStringLiteral("template-%1").arg(source));
            asset.addBindValue(QStringLiteral("Template %1").arg(source));
            asset.addBindValue(QStringLiteral("project-%1").arg(source % 12));
            asset.addBindValue(random.bounded(200));
            asset.addBindValue(model);
            asset.addBindValue(model);
            asset.addBindValue(QStringLiteral("r%1").arg(i / 20'000));
            asset.addBindValue(QStringLiteral("rule-%1").arg(random.bounded(8)));
            asset.addBindValue(random.bounded(10'000));
            asset.addBindValue(i);
            asset.addBindValue(random.bounded(200'000));
            asset.addBindValue(random.bounded(4) ? QVariant(QMetaType(QMetaType::Int)) : QVariant(random.bounded(1, 6)));
            asset.addBindValue(QStringLiteral("A cheerful poster with %1 %2 and %3 for a spring market, graphic design, flat bold shapes, in warm light, number %4")
                                   .arg(random.bounded(40))
                                   .arg(QLatin1String(things[random.bounded(10)]), QLatin1String(things[random.bounded(10)]))
                                   .arg(i));
            asset.addBindValue(provenance);
            asset.addBindValue(model);
            asset.addBindValue(random.bounded(10) ? 0 : 1);
            asset.addBindValue(random.bounded(20) ? QStringLiteral("[]") : QStringLiteral("[\"cover\"]"));
            done = asset.exec();
            thumbnail.addBindValue(i + 1);
            thumbnail.addBindValue(kinds.at(i % 20));
            score.addBindValue(i + 1);
            score.addBindValue(random.bounded(1.0));
            done = done && thumbnail.exec() && score.exec();
        }
        if (!done)
            qWarning("%s", qPrintable(asset.lastError().text() + thumbnail.lastError().text()));
        done = done && database.commit();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("fill"));
    return done;
}

} // namespace Galley
