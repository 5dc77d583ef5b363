#include "core/routing/cohort.h"

#include "core/routing/canary.h"
#include "core/routing/router.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cmath>
#include <vector>

namespace Galley {

namespace {

constexpr int cohorts = 10'000;

/// A digest of several texts; none of them can take a part of its neighbour for its own.
QByteArray digestOf(std::initializer_list<QString> texts)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &text : texts) {
        hash.addData(text.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    }
    return hash.result();
}

/// \a hash as one big-endian number mod 10000: what every other tool computes from the hex digest.
int bucketOf(const QByteArray &hash)
{
    int rest = 0;
    for (const char byte : hash)
        rest = (rest * 256 + static_cast<unsigned char>(byte)) % cohorts;
    return rest;
}

/// Lower is better: an exponential with the weight as its rate.
double scoreOf(const QString &rule, const QString &project, const WeightedModel &model)
{
    const QByteArray hash = digestOf({rule, project, model.model});
    quint64 number = 0;
    for (int i = 0; i < 8; ++i)
        number = number << 8 | static_cast<unsigned char>(hash.at(i));
    const double uniform = (double(number) + 0.5) * 0x1p-64; // neither 0 nor, but for rounding, 1
    return -std::log(std::min(uniform, 1 - 0x1p-53)) / model.weight;
}

} // namespace

int cohortOf(const QString &project)
{
    return bucketOf(QCryptographicHash::hash(project.toUtf8(), QCryptographicHash::Sha256));
}

QList<qsizetype> rendezvousOrder(const QString &rule, const QString &project, const QList<WeightedModel> &models)
{
    QList<qsizetype> order;
    std::vector<double> scores(std::size_t(models.size()), 0);
    for (qsizetype i = 0; i < models.size(); ++i) {
        if (!(models.at(i).weight > 0))
            continue;
        scores[std::size_t(i)] = models.size() == 1 ? 0 : scoreOf(rule, project, models.at(i));
        order.append(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return scores[std::size_t(a)] < scores[std::size_t(b)]; });
    return order;
}

bool isInCanary(const QString &rule, const QString &project, double percent)
{
    return bucketOf(digestOf({rule, project})) < percent * cohorts / 100;
}

} // namespace Galley
