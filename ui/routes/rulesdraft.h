#pragma once

#include "core/base/error.h"
#include "core/routing/routepolicy.h"

#include <QObject>
#include <QTimer>

namespace Galley {

class FinalService;
class RoutingService;

/// The text of the rules as it is being edited: what it was made from, what it says, and whether it may be put in force. Reads it off the GUI thread, a
/// moment after the last key. Text that nobody has applied is kept: it is here whichever workspace shows, and unsaved() can be written away.
class RulesDraft : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it; \a finals knows the models that rules may name.
    RulesDraft(RoutingService *routing, const FinalService *finals, QObject *parent = nullptr);

    QString text() const { return m_text; }
    /// What a person typed.
    void setText(const QString &text);
    /// The same, from elsewhere than the editor (an earlier revision, work of the last time): textReplaced() follows.
    void putText(const QString &text);

    bool isModified() const { return m_text != m_base; }
    /// What the text says, as of its last check.
    const RoutePolicy &policy() const { return m_policy; }
    bool isChecked() const { return m_isChecked; }
    /// The revision that the text was made from; it can only replace this one.
    qint64 basedOn() const { return m_basedOn; }
    /// Edited here and changed elsewhere since: apply() waits for takeTheirs() or keepMine().
    bool isOvertaken() const { return m_isOvertaken; }
    bool isApplying() const { return m_isApplying; }

    void takeTheirs();
    void keepMine();
    void discard();
    /// Puts the text in force with \a note; applied() or refused() follows.
    void apply(const QString &note);

    QByteArray bytes() const;  ///< the text with the line ends that the file has

Q_SIGNALS:
    void textReplaced();  ///< by something else than setText()
    void checked();       ///< policy() is that of text()
    void stateChanged();  ///< modified, overtaken, applying, base
    void applied(qint64 revision);
    void refused(const Galley::Error &error);

private:
    void onPolicyChanged();
    void takeBase();
    void check();

    RoutingService *m_routing;
    const FinalService *m_finals;
    QString m_text;
    QString m_base;           ///< the text that m_basedOn stands for
    bool m_hasCarriageReturns = false;
    qint64 m_basedOn = 0;
    RoutePolicy m_policy;
    bool m_isChecked = false;
    bool m_isChecking = false;
    bool m_isOvertaken = false;
    bool m_isApplying = false;
    QTimer m_timer;
};

} // namespace Galley
