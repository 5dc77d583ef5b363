#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace Galley {

class NoticeLine;
class NumberField;
class Settings;

/// Offline switch, proxy, and what may be spent in a day. Every change is stored at once.
class NetworkPage : public QWidget
{
    Q_OBJECT

public:
    explicit NetworkPage(Settings *settings, QWidget *parent = nullptr);

    void focusBudget();
    void refresh();

Q_SIGNALS:
    void changed();

private:
    void storeProxy();

    Settings *m_settings;
    QCheckBox *m_offline;
    QLineEdit *m_proxy;
    NoticeLine *m_proxyState;
    NumberField *m_budget;
};

/// Empty when \a text is a proxy that can be used ("", "http://host:port", "socks5://host:port"); a sentence otherwise.
QString proxyProblem(const QString &text);

} // namespace Galley
