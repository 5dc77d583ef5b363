#include "core/service/librarycare.h"
#include "core/service/pictureexport.h"
#include "core/service/projectfile.h"
#include "tests/core/store/samplejob.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

#include <dlfcn.h>

#include <functional>
#include <vector>

using namespace Galley;

namespace {

void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// Everything in a library that needs room on its disk, step by step.
class Child
{
public:
    explicit Child(const QString &folder)
        : m_folder(folder)
        , m_store(folder + QStringLiteral("/data"))
    {}

    /// Once until the disk is full, and once more whatever failed when there is room again.
    void work()
    {
        const std::vector<std::pair<const char *, std::function<Result<void>()>>> all{
            {"open", [this] { return openLibrary(); }}, {"put", [this] { return put(1); }},      {"job", [this] { return addJob(); }},
            {"accept", [this] { return accept(); }},    {"edit", [this] { return edit(); }},     {"thumbnail", [this] { return thumbnail(); }},
            {"put again", [this] { return put(2); }},   {"bin", [this] { return emptyBin(); }},  {"export", [this] { return exportAll(); }},
            {"save", [this] { return savePicture(); }}, {"repair", [this] { return repairAll(); }},
            {"salvage", [this] { return plain(wait(m_store.salvage())); }}};
        std::vector<bool> done;
        for (const auto &[name, step] : all) {
            const auto result = step();
            done.push_back(result.has_value());
            if (!result)
                say(QStringLiteral("failed %1: %2").arg(QLatin1String(name), result.error().message));
        }
        makeRoom();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto result = done[i] ? Result<void>() : all[i].second();
            if (!result)
                say(QStringLiteral("stuck %1: %2").arg(QLatin1String(all[i].first), result.error().message));
        }
        say(QStringLiteral("end"));
    }

private:
    static void makeRoom()
    {
        using MakeRoom = long (*)();
        const auto make = reinterpret_cast<MakeRoom>(::dlsym(RTLD_DEFAULT, "galleyMakeRoom"));
        say(QStringLiteral("steps %1").arg(make ? make() : 0));
    }

    template<typename T>
    static Result<void> plain(const Result<T> &result)
    {
        return result ? Result<void>() : fail(result.error());
    }

    Result<void> openLibrary()
    {
        return plain(wait(m_store.open()));
    }

    Result<void> put(int shade)
    {
        const auto stored = wait(m_store.put(samplePicture(shade)));
        if (stored) {
            say(QStringLiteral("stored %1 %2").arg(stored->id).arg(stored->digest));
            m_first = m_first > 0 ? m_first : stored->id;
            m_last = stored->id;
        }
        return plain(stored);
    }

    Result<void> addJob()
    {
        const auto added = wait(m_store.addJob(newJob(), {}, {QStringLiteral("spring"), QDate(2026, 11, 25), 0}));
        if (added)
            m_job = *added;
        return plain(added);
    }

    Result<void> accept()
    {
        if (!m_job) {
            if (const auto added = addJob(); !added)
                return added;
        }
        const auto done = wait(m_store.acceptJob(*m_job, {samplePicture(3), samplePicture(4)}, Charge::settle(0.05, Charge::Basis::Price)));
        for (const qint64 id : done ? done->assets : QList<qint64>()) {
            if (const auto record = wait(m_store.asset(id)))
                say(QStringLiteral("stored %1 %2").arg(id).arg(record->digest));
        }
        return plain(done);
    }

    Result<void> edit()
    {
        if (m_first == 0)
            return {};
        say(QStringLiteral("rating %1 4").arg(m_first));
        const auto edited = wait(m_store.edit({m_first}, {.rating = 4, .note = QString(20'000, QLatin1Char('n')), .addTags = {QStringLiteral("cover")}}));
        if (edited)
            say(QStringLiteral("rated %1 4").arg(m_first));
        return plain(edited);
    }

    Result<void> thumbnail()
    {
        return m_first == 0 ? Result<void>() : plain(wait(m_store.setThumbnail(m_first, {"jpeg", QByteArray(20'000, 'x'), {}})));
    }

    Result<void> emptyBin()
    {
        if (m_last == 0)
            return {};
        say(QStringLiteral("dropping %1").arg(m_last));
        if (const auto edited = wait(m_store.edit({m_last}, {.deleted = true})); !edited)
            return fail(edited.error());
        return plain(wait(m_store.emptyBin({m_last})));
    }

    Result<void> exportAll()
    {
        const QString file = m_folder + QStringLiteral("/all.zip");
        const auto written = writeProjectFile(&m_store, {}, file, {});
        if (written)
            say(QStringLiteral("exported %1").arg(written->pictures));
        else if (QFile::exists(file))
            say(QStringLiteral("stuck export: half a project lies there"));
        return written || written.error().code == ErrorCode::NotFound ? Result<void>() : fail(written.error());  // NotFound: nothing could be stored before
    }

    Result<void> savePicture()
    {
        const NewAsset picture = samplePicture(1);
        return plain(exportPicture({picture.record, picture.file, {}}, m_folder + QStringLiteral("/saved.png"), {}));
    }

    Result<void> repairAll()
    {
        return plain(repairLibrary(&m_store, {}));
    }

    QString m_folder;
    Store m_store;
    std::optional<JobRecord> m_job;
    qint64 m_first = 0, m_last = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Child(app.arguments().value(1)).work();
    return 0;
}
