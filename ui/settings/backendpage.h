#pragma once

#include "core/service/finalservice.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace Galley {

class NoticeLine;

/// One service: where it is, whether it has its key and what the keychain said, whether it answers, and its models with their prices. The key is
/// only ever typed here and handed on as a Secret; it is never shown again. GUI thread; does not own the service.
class BackendPage : public QWidget
{
    Q_OBJECT

public:
    explicit BackendPage(FinalService *finals, QWidget *parent = nullptr);

    void showBackend(const QString &id);
    void focusKey();

    int askAgainMs = 10'000;  ///< how long after an answer the keychain is asked again without a press: it may put a window on the screen

protected:
    bool event(QEvent *event) override;

private:
    void makeHead(QVBoxLayout *column);
    void makeKey(QVBoxLayout *column);
    void makeTest(QVBoxLayout *column);
    void refresh();
    void showKey(const BackendStatus &status);
    void showTest(const BackendStatus &status);
    void showModels(const BackendStatus &status);
    void store();
    void remove();
    void askAgain();
    /// When the page comes into sight and the key is not there: it may have been unlocked or set elsewhere meanwhile.
    void askInPassing();
    void ask(bool aloud);
    void test();
    void say(const Result<QString> &result);
    std::optional<BackendStatus> status() const;

    FinalService *m_finals;
    QString m_id;
    QLabel *m_title;
    QLabel *m_address;
    NoticeLine *m_keyState;
    QWidget *m_keyRow;
    QLineEdit *m_key;
    QPushButton *m_store;
    QPushButton *m_remove;
    NoticeLine *m_answer;
    QPushButton *m_test;
    QProgressBar *m_busy;
    NoticeLine *m_testState;
    QLabel *m_models;
    bool m_testing = false;
    bool m_asking = false;
    QElapsedTimer m_answered;  ///< since the keychain's last answer
};

/// State of a backend in a word and a shape.
struct BackendMark
{
    QString word;  ///< "ready", "key missing", "test failed", "not tested"
    QString icon;
    int tone = 0;  ///< ThemeColor
};
BackendMark backendMark(const BackendStatus &status);

/// "$0.06 an image", "$0.03 a megapixel", "$0.01 to $0.21 by size and quality", "free", "price not known".
QString priceWords(const ModelEntry &model, const BackendEntry &backend);

} // namespace Galley
