#include "tests/core/store/libraryrig.h"

namespace Galley {

qint64 LibraryRig::put(int number, const std::function<void(AssetRecord &)> &change)
{
    NewAsset picture = samplePicture(number);
    AssetRecord &record = picture.record;
    record.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(number * 60);
    record.templateId = QStringLiteral("t%1").arg(number % 2);
    record.templateName = number % 2 ? QStringLiteral("Odd market") : QStringLiteral("Even fair");
    record.project = number < 3 ? QStringLiteral("spring") : QStringLiteral("autumn");
    record.routedModel = number % 3 ? QStringLiteral("ideogram-4") : QStringLiteral("gpt-image");
    record.servedModel = number % 3 ? QString() : QStringLiteral("gpt-image-1.5");
    record.revision = number % 3 ? QString() : QStringLiteral("r7");
    record.rule = QStringLiteral("rule %1").arg(number % 2);
    record.cohort = number * 1000;
    record.costUsd = number == 4 ? std::nullopt : std::optional(number / 100.0);
    record.prompt = QStringLiteral("A poster with %1 red apples, Äpfel and a pear").arg(number);
    if (change)
        change(record);
    const auto stored = wait(m_store->put(picture));
    return stored ? stored->id : -1;
}

} // namespace Galley
