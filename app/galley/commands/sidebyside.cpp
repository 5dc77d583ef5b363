#include "app/galley/commands/sidebyside.h"

#include "app/galley/commands/renderreport.h"
#include "core/base/async.h"
#include "core/imaging/imagefile.h"
#include "core/review/picturecompare.h"

#include <QDir>

#include <cmath>

namespace Galley {

namespace {

constexpr std::array names{"A", "B"};

double rounded(double value)
{
    return std::round(value * 10'000) / 10'000;
}

} // namespace

SideBySide::SideBySide(QList<PictureSource> sides, const QList<RenderRequest> &requests, const QString &folder, const Output &output, QObject *parent)
    : QObject(parent)
    , m_sides(std::move(sides))
    , m_requests(requests)
    , m_folder(folder)
    , m_output(output)
    , m_pairs(requests.size())
{}

void SideBySide::start()
{
    if (const auto made = ensureFolder(m_folder); !made) {
        m_status = m_output.fail(made.error());
        Q_EMIT finished();
        return;
    }
    prepare(0);
}

void SideBySide::prepare(std::size_t side)
{
    if (side == names.size()) {
        next();
        return;
    }
    const PictureSource &source = m_sides[qsizetype(side)];
    for (const QString &notice : source.notices)
        m_output.say(QStringLiteral("%1: %2").arg(QLatin1String(names[side]), notice));
    onFinished(source.prepare(), this, [this, side](const QFuture<Result<void>> &future) {
        if (const auto ready = future.result(); !ready) {
            m_status = m_output.fail(ready.error());
            Q_EMIT finished();
            return;
        }
        prepare(side + 1);
    });
}

void SideBySide::next()
{
    if (m_turn == 2 * m_requests.size() || m_stop.stop_requested()) {
        conclude();
        return;
    }
    const qsizetype row = m_turn / 2;
    const std::size_t side = (m_turn % 4 == 0 || m_turn % 4 == 3) ? 0 : 1;
    m_clock.start();
    onFinished(m_sides[qsizetype(side)].draw(m_requests.at(row), m_stop.get_token()), this,
               [this, side](const QFuture<Result<DrawnPicture>> &future) { onDrawn(side, future.result()); });
}

void SideBySide::onDrawn(std::size_t side, const Result<DrawnPicture> &drawn)
{
    const qsizetype row = m_turn / 2;
    Pair &pair = m_pairs[row];
    Half &half = pair[side];
    half.ms = double(m_clock.nsecsElapsed()) / 1e6;
    const QString file = QDir(m_folder).filePath(QStringLiteral("%1-%2.png").arg(QLatin1String(names[side])).arg(row + 1, 3, 10, QLatin1Char('0')));
    const auto saved = drawn ? savePng(drawn->picture, file) : Result<void>(fail(drawn.error()));
    if (drawn)
        half.picture = *drawn;
    half.costUsd = drawn ? drawn->costUsd : mayBeBilled(drawn.error()) ? m_sides[qsizetype(side)].priceUsd : 0;
    if (saved)
        half.file = file;
    else
        half.error = saved.error().message;
    m_output.say(saved ? tr("%1 (%2, %3 ms)").arg(file, drawn->model).arg(qRound(half.ms)) : QStringLiteral("%1: %2").arg(file, half.error));
    if (m_turn % 2 == 1) {
        m_described.push_back(describe(int(row) + 1, pair));
        for (Half &each : pair) {
            if (each.picture)
                each.picture->picture = {};  // a hundred posters are gigabytes
        }
    }
    ++m_turn;
    next();
}

Json SideBySide::describe(const Half &half) const
{
    if (!half.picture)
        return {{"file", nullptr}, {"error", half.error.toStdString()}};
    const DrawnPicture &drawn = *half.picture;
    return {{"file", textOrNull(half.file)},
            {"model", drawn.model.toStdString()},
            {"ms", roundedMs(half.ms)},
            {"cost_usd", drawn.costUsd},
            {"seed", drawn.seed ? Json(*drawn.seed) : Json(nullptr)},
            {"model_size", {drawn.modelSize.width(), drawn.modelSize.height()}},
            {"error", textOrNull(half.error)}};
}

Json SideBySide::describe(int number, const Pair &pair) const
{
    Json json{{"number", number}, {"row", m_requests.at(number - 1).row.number}, {"a", describe(pair[0])}, {"b", describe(pair[1])}};
    json["psnr_db"] = nullptr;
    json["difference_share"] = nullptr;
    json["equal"] = false;
    if (!pair[0].picture || !pair[1].picture)
        return json;
    if (const auto difference = comparePictures(pair[0].picture->picture, pair[1].picture->picture)) {
        json["equal"] = !difference->psnrDb.has_value();
        json["difference_share"] = rounded(difference->share);
        if (difference->psnrDb)
            json["psnr_db"] = rounded(*difference->psnrDb);
    }
    return json;
}

double SideBySide::costUsd() const
{
    double usd = 0;
    for (const Pair &pair : m_pairs) {
        for (const Half &half : pair)
            usd += half.costUsd;
    }
    return usd;
}

Json SideBySide::json() const
{
    Json sides = Json::object();
    for (std::size_t side = 0; side < names.size(); ++side) {
        QList<double> times;
        double usd = 0;
        int failed = 0;
        for (const Pair &pair : m_pairs) {
            if (pair[side].picture)
                times.append(pair[side].ms);
            usd += pair[side].costUsd;
            failed += !pair[side].error.isEmpty();
        }
        const double median = medianOf({times.constData(), std::size_t(times.size())});
        sides[side == 0 ? "a" : "b"] = {{"name", m_sides[qsizetype(side)].name.toStdString()},
                                        {"pictures", times.size()},
                                        {"failed", failed},
                                        {"median_ms", times.isEmpty() ? Json(nullptr) : Json(roundedMs(median))},
                                        {"cost_usd", usd}};
    }
    return {{"ok", m_status == 0}, {"sides", sides}, {"pairs", m_described}};
}

void SideBySide::interrupt()
{
    m_stop.request_stop();
}

void SideBySide::conclude()
{
    bool isComplete = true;
    for (const Pair &pair : std::as_const(m_pairs))
        isComplete = isComplete && !pair[0].file.isEmpty() && !pair[1].file.isEmpty();
    m_status = m_stop.stop_requested() ? exitStatus(ErrorCode::Cancelled) : isComplete ? 0 : 1;
    for (const Json &pair : m_described) {
        const auto ms = [&](const char *side) { return pair[side].contains("ms") ? QString::number(pair[side]["ms"].get<double>(), 'f', 0) : tr("failed"); };
        const QString difference = pair["equal"].get<bool>() ? tr("equal")
            : pair["psnr_db"].is_null()
            ? tr("not compared")
            : tr("%1 % of the pixels differ, %2 dB").arg(pair["difference_share"].get<double>() * 100, 0, 'f', 1).arg(pair["psnr_db"].get<double>(), 0, 'f', 1);
        m_output.print(tr("%1: A %2 ms, B %3 ms; %4").arg(pair["number"].get<int>(), 3, 10, QLatin1Char('0')).arg(ms("a"), ms("b"), difference));
    }
    m_output.printJson(json());
    Q_EMIT finished();
}

} // namespace Galley
