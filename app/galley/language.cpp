#include "app/galley/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Galley {

namespace {

/// The first of the desktop's languages that Galley speaks.
QString desktopLanguage()
{
    for (const QString &wanted : QLocale::system().uiLanguages()) {
        const QString language = wanted.section(u'-', 0, 0);
        if (language == QLatin1String("de") || language == QLatin1String("en"))
            return language;
    }
    return QStringLiteral("en");
}

/// Looks texts up in their context, then in the one that holds all of them (translations/flatten.py says why).
class Messages : public QTranslator
{
public:
    using QTranslator::QTranslator;

    QString translate(const char *context, const char *text, const char *disambiguation, int n) const override
    {
        const QString exact = QTranslator::translate(context, text, disambiguation, n);
        if (!exact.isNull())
            return exact;
        return QTranslator::translate("Galley", text, disambiguation, n);
    }
};

/// English has a file too: the plurals.
void installMessages(const QString &language)
{
    auto *own = new Messages(QCoreApplication::instance());
    if (own->load(QStringLiteral(":/i18n/galley_") + language + QStringLiteral(".qm")))
        QCoreApplication::installTranslator(own);
}

} // namespace

void installLanguage(const QString &language)
{
    const QString chosen = language.isEmpty() ? desktopLanguage() : language;
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    auto *qt = new QTranslator(QCoreApplication::instance());
    if (chosen != QLatin1String("en")
        && qt->load(QStringLiteral("qtbase_") + chosen, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    installMessages(chosen);
}

void beginCommand()
{
    QCoreApplication::setApplicationName(QStringLiteral("galley"));
    installMessages(QStringLiteral("en"));
}

} // namespace Galley
