#pragma once

#include <QDate>
#include <QString>

#include <optional>

namespace Galley {

/// What may be spent by whom: one project on one day (of the user's calendar).
struct Budget
{
    QString project;
    QDate day;
    double perDayUsd = 0;  ///< 0: no limit
    QString rule = {};     ///< of routes.yaml that decided; its limit is looked at when a job is sent
    double rulePerDayUsd = 0;  ///< 0: no limit

    bool operator==(const Budget &) const = default;
};

/// What becomes of a job's reservation, in the same transaction as the job's new state.
struct Charge
{
    enum class Kind {
        Keep,     ///< stays in force
        Release,  ///< nothing was billed
        Settle    ///< usd was billed
    };
    enum class Basis {
        Service,  ///< the service said what it charged
        Price,    ///< from the price list
        Assumed   ///< it may have been billed: counted, so that a budget never says too little
    };

    Kind kind = Kind::Keep;
    double usd = 0;
    Basis basis = Basis::Price;

    static Charge keep() { return {}; }
    static Charge release() { return {Kind::Release, 0, Basis::Price}; }
    static Charge settle(double usd, Basis basis) { return {Kind::Settle, usd, basis}; }
};

/// One line of the ledger: what a picture was expected to cost and what it cost. Kept in millionths of a dollar, so that sums are exact.
struct LedgerEntry
{
    qint64 id = 0;
    QString project;
    QDate day;
    QString model;
    double estimateUsd = 0;
    std::optional<double> actualUsd;
    QString state;    ///< "reserved", "settled", "released"
    QString basis;    ///< "service", "price", "assumed"; empty while reserved
    qint64 job = 0;
    qint64 asset = 0; ///< the picture that was paid for; 0: none came

    bool operator==(const LedgerEntry &) const = default;
};

} // namespace Galley
