#include "app/galley/application.h"

#include "app/galley/benchmode.h"
#include "app/galley/finalparts.h"
#include "app/galley/language.h"
#include "app/galley/localoptions.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/composition/cutouts.h"
#include "core/composition/scene.h"
#include "core/engines/local/finalsengine.h"
#include "core/prompt/subjectnames.h"
#include "core/service/draftservice.h"
#include "core/service/scoreservice.h"
#include "core/service/subjectplanner.h"
#include "core/service/library.h"
#include "core/service/localmodels.h"
#include "core/settings/settings.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/themeswitch.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QIcon>
#include <QProcess>
#include <QThreadPool>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <functional>

namespace Galley {

namespace {

using Cutouts = std::shared_ptr<const CutoutLibrary>;

/// Qt ends the process with an abort when the display named by the environment does not answer; that is no crash of ours.
void sayThatThereIsNoDisplay(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtFatalMsg) {
        std::fputs("galley: The display cannot be opened, so there is no window. Check DISPLAY or WAYLAND_DISPLAY, or use a "
                   "subcommand such as \"galley render\", which needs no display.\n",
                   stderr);
        std::fflush(stderr);
        std::_Exit(1);
    }
    if (type == QtCriticalMsg)
        std::fprintf(stderr, "galley: %s\n", qPrintable(message));
}

/// Runs \a then once \a window has been painted, or after a while where nothing shows it.
class FirstPaint : public QObject
{
public:
    FirstPaint(QWidget *window, std::function<void()> then)
    {
        m_then.setSingleShot(true);
        connect(&m_then, &QTimer::timeout, this, [this, window, then = std::move(then)] {
            window->removeEventFilter(this);
            then();
        });
        m_then.start(mostMs);
        window->installEventFilter(this);
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_then.start(0);  // the children are painted in the same turn
        return false;
    }

private:
    static constexpr int mostMs = 2000;
    QTimer m_then;
};

/// Everything that lives as long as the desktop, in the order in which it must die.
class Desktop
{
public:
    explicit Desktop(const QStringList &files)
        : m_paths(Paths::fromEnvironment())
        , m_settings(QDir(m_paths.config).filePath(QStringLiteral("galley.conf")))
        , m_files(files)
    {
        // The worker and the pack start beside everything else: neither is needed for the first paint.
        startLog(m_paths.log());
        m_engine = std::make_unique<LocalEngine>(localEngineOptions(m_paths, m_settings));
        m_engine->capabilities();
        m_cutouts = runOn(QThreadPool::globalInstance(), [folder = QDir(m_paths.resources).filePath(QStringLiteral("cutouts"))] {
            SubjectNames::bundled();  // or the first draft would read it, on the GUI thread
            return CutoutLibrary::load(folder);
        });
        installLanguage(m_settings.language.value());
        loadBundledFonts(m_paths.resources);
        applyStyle();
        m_themes.setChoice(m_settings.theme.value());
        m_draft = std::make_unique<DraftService>(m_engine.get(), nullptr);
        m_finalsEngine = std::make_unique<FinalsEngine>(m_engine.get(), localEngineOptions(m_paths, m_settings), [this] {
            return draftModelId(m_draft->draft().options.model) != draftModelId();
        });
        m_finals = std::make_unique<FinalParts>(m_paths, &m_settings, m_finalsEngine.get());
        m_localModels = std::make_unique<LocalModels>(localModelsFolder(m_paths), m_engine.get());
        m_finals->follow(m_localModels.get());
        QObject::connect(m_engine.get(), &LocalEngine::modelsChanged, m_draft.get(), &DraftService::learnModels);
        m_library = std::make_unique<Library>(m_finals->store());
        m_window = std::make_unique<MainWindow>(WindowParts{m_paths, &m_settings, m_draft.get(), &m_themes, m_finals->service(),
                                                              m_finals->routing(), m_localModels.get(), m_library.get()});
        connectEngine();
    }

    void show()
    {
        m_draft->setCutouts(takeCutouts());  // read while the window was made
        m_window->files()->openFirst();
        m_bench = BenchMode::fromEnvironment(m_window.get(), m_draft.get());
        m_window->show();
        QTimer::singleShot(0, m_window.get(), [this] {
            for (const QString &file : std::as_const(m_files))
                m_window->files()->openAny(QDir::current().absoluteFilePath(file));
            m_window->files()->offerRecovery();
        });
        m_firstPaint = std::make_unique<FirstPaint>(m_window.get(), [this] { startFinals(); });
    }

    bool restartWanted() const { return m_restart; }

private:
    Cutouts takeCutouts()
    {
        const Result<Cutouts> loaded = m_cutouts.result();
        if (loaded)
            return *loaded;
        logMessage(LogLevel::Warning, loaded.error().message);
        m_window->reportTrouble(QStringLiteral("cutouts"), loaded.error().message);
        return nullptr;
    }

    /// After the first paint: the library and the keychain may take their time.
    void startFinals()
    {
        QObject::connect(m_window.get(), &MainWindow::networkChanged, m_window.get(), [this] { m_finals->settingsChanged(); });
        m_finals->service()->start([this](const Result<void> &ready) {
            m_window->reportTrouble(QStringLiteral("library"), ready ? QString() : ready.error().message);
        });
        m_finals->service()->lookUpKeys();
        m_scores = std::make_unique<ScoreService>(m_finals->store());
        QObject::connect(m_library.get(), &Library::unscored, m_scores.get(), &ScoreService::measure);
        RenderQueue *queue = m_finals->service()->queue();
        QObject::connect(queue, &RenderQueue::finished, m_window.get(), [this, queue](qint64 id) {
            const Job *job = queue->find(id);
            // Those of a canary's rule are measured before it is judged.
            if (job && job->record.state == JobState::Done && !m_finals->routing()->hasCanary(job->record.decision.rule))
                m_scores->measureJob(job->record);
        });
    }

    void connectEngine()
    {
        QObject::connect(m_engine.get(), &LocalEngine::workerStarted, m_window.get(), [this] {
            m_window->setWorkerProcess(m_engine->processId());
            m_window->reportWorkerTrouble({});
        });
        QObject::connect(m_engine.get(), &LocalEngine::workerFailed, m_window.get(), [this](const QString &sentence) {
            m_window->setWorkerProcess(m_engine->processId());
            m_window->reportWorkerTrouble(sentence);
        });
        const auto startAnew = [this] {
            m_engine->restart(localEngineOptions(m_paths, m_settings));
            m_finalsEngine->restart(localEngineOptions(m_paths, m_settings));
            m_draft->retry();
        };
        QObject::connect(m_window.get(), &MainWindow::deviceChosen, m_engine.get(), startAnew);
        QObject::connect(m_window.get(), &MainWindow::modelMemoryChanged, m_engine.get(), startAnew);
        QObject::connect(m_window.get(), &MainWindow::retryRequested, m_engine.get(), [this] {
            if (m_engine->processId() == 0)
                m_engine->restart(localEngineOptions(m_paths, m_settings));
            m_draft->retry();
        });
        QObject::connect(m_window.get(), &MainWindow::restartRequested, m_window.get(), [this] {
            m_restart = true;
            m_window->close();
        });
        m_window->setWorkerProcess(m_engine->processId());
    }

    Paths m_paths;
    Settings m_settings;
    QStringList m_files;
    QFuture<Result<Cutouts>> m_cutouts;
    ThemeSwitch m_themes;
    std::unique_ptr<LocalEngine> m_engine;
    std::unique_ptr<FinalsEngine> m_finalsEngine;
    std::unique_ptr<DraftService> m_draft;
    std::unique_ptr<FinalParts> m_finals;
    std::unique_ptr<LocalModels> m_localModels;
    std::unique_ptr<ScoreService> m_scores;
    std::unique_ptr<Library> m_library;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<BenchMode> m_bench;
    std::unique_ptr<FirstPaint> m_firstPaint;
    bool m_restart = false;
};

} // namespace

int runDesktop(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("galley"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GALLEY_VERSION));
    qInstallMessageHandler(sayThatThereIsNoDisplay);
    QApplication application(argc, argv);
    qInstallMessageHandler(nullptr);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Galley"));
    QGuiApplication::setDesktopFileName(QStringLiteral("galley"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/galley.svg")));
    int status = 0;
    bool restart = false;
    {
        Desktop desktop(application.arguments().mid(1));
        desktop.show();
        status = application.exec();
        restart = desktop.restartWanted();
    }
    if (restart)
        QProcess::startDetached(QCoreApplication::applicationFilePath(), {});
    return status;
}

} // namespace Galley
