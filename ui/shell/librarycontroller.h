#pragma once

#include <QObject>

namespace Galley {

class DraftFeed;
class FileController;
class LibraryWorkspace;
struct RenderRequest;
class TemplateDocument;
class WorkspaceSwitch;

/// Takes what the Library hands on to the rest of the window: template and seed of a picture to Design. GUI thread; owns nothing.
class LibraryController : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        LibraryWorkspace *library = nullptr;
        TemplateDocument *document = nullptr;
        FileController *files = nullptr;
        DraftFeed *feed = nullptr;
        WorkspaceSwitch *workspaces = nullptr;
    };
    explicit LibraryController(const Parts &parts, QObject *parent = nullptr);

Q_SIGNALS:
    void message(const QString &sentence);

private:
    void use(const RenderRequest &request);
    void open(const RenderRequest &request);

    Parts m_parts;
};

} // namespace Galley
