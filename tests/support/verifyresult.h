#pragma once

#include <QTest>

/// QVERIFY of a Result that tells what went wrong. Evaluates its argument once.
#define VERIFY_RESULT(expression) \
    do { \
        const auto &verified = (expression); \
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().message + verified.error().detail)); \
    } while (false)
