#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace Galley {

struct Job;
class Chip;
class QueueActions;
class SectionHeader;

/// The chosen job at length: its state, what a person should know, what can be done about it, and everything about its attempts.
class JobDetail : public QWidget
{
    Q_OBJECT

public:
    explicit JobDetail(QueueActions *actions, QWidget *parent = nullptr);

    /// Null: nothing is chosen.
    void showJob(const Job *job);

Q_SIGNALS:
    void servicesWanted(qint64 job);  ///< it waits for a key or the network

private:
    QueueActions *m_actions;
    QLabel *m_title;
    Chip *m_state;
    QLabel *m_models;
    QLabel *m_sentence;
    QWidget *m_buttons;
    QPushButton *m_services;
    qint64 m_job = 0;
    SectionHeader *m_more;
    QPlainTextEdit *m_details;
};

} // namespace Galley
