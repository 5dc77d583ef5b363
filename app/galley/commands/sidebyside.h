#pragma once

#include "app/galley/commands/benchtargets.h"
#include "app/galley/commands/output.h"

#include <QElapsedTimer>
#include <QObject>

namespace Galley {

/// The same requests through two models or two revisions of the rules: pictures in pairs (A-001.png, B-001.png), and how they differ. One request after
/// the other, A B B A, so that neither has the better moment; what fails leaves its half out and the rest goes on. Lives on the main thread; owns
/// nothing that it is given.
class SideBySide : public QObject
{
    Q_OBJECT

public:
    SideBySide(QList<PictureSource> sides, const QList<RenderRequest> &requests, const QString &folder, const Output &output, QObject *parent = nullptr);

    void start();
    void interrupt();
    int status() const { return m_status; }
    Json json() const;
    double costUsd() const;

Q_SIGNALS:
    void finished();

private:
    /// One half of a pair.
    struct Half
    {
        std::optional<DrawnPicture> picture;
        QString file;
        QString error;
        double ms = 0;
        double costUsd = 0;
    };
    using Pair = std::array<Half, 2>;

    void prepare(std::size_t side);
    void next();
    void onDrawn(std::size_t side, const Result<DrawnPicture> &drawn);
    Json describe(const Half &half) const;
    Json describe(int number, const Pair &pair) const;
    void conclude();

    QList<PictureSource> m_sides;
    QList<RenderRequest> m_requests;
    QString m_folder;
    const Output &m_output;
    std::stop_source m_stop;
    QElapsedTimer m_clock;
    QList<Pair> m_pairs;
    Json m_described = Json::array();
    int m_turn = 0;
    int m_status = 1;
};

} // namespace Galley
