#include "core/imaging/readtext.h"

#include <QCoreApplication>
#include <QSet>

#include <omp.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ReadText", text);
}

/// Tesseract's names of the languages that write \a script, the most likely first.
QStringList languagesOf(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Latin: return {QStringLiteral("eng"), QStringLiteral("deu"), QStringLiteral("fra"), QStringLiteral("spa"),
                                      QStringLiteral("ita"), QStringLiteral("por"), QStringLiteral("pol"), QStringLiteral("Latin")};
    case QChar::Script_Cyrillic: return {QStringLiteral("rus"), QStringLiteral("ukr"), QStringLiteral("Cyrillic")};
    case QChar::Script_Greek: return {QStringLiteral("ell"), QStringLiteral("Greek")};
    case QChar::Script_Hebrew: return {QStringLiteral("heb"), QStringLiteral("Hebrew")};
    case QChar::Script_Arabic: return {QStringLiteral("ara"), QStringLiteral("Arabic")};
    case QChar::Script_Thai: return {QStringLiteral("tha")};
    case QChar::Script_Devanagari: return {QStringLiteral("hin"), QStringLiteral("Devanagari")};
    case QChar::Script_Hangul: return {QStringLiteral("kor"), QStringLiteral("Hangul")};
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana: return {QStringLiteral("jpn"), QStringLiteral("Japanese")};
    case QChar::Script_Han: return {QStringLiteral("jpn"), QStringLiteral("chi_sim"), QStringLiteral("chi_tra")};
    default: return {};
    }
}

QSet<QChar::Script> scriptsOf(const QString &text)
{
    QSet<QChar::Script> scripts;
    for (const uint character : text.toUcs4()) {
        const QChar::Script script = QChar::script(character);
        if (script != QChar::Script_Common && script != QChar::Script_Inherited)
            scripts.insert(script);
    }
    if (scripts.isEmpty())
        scripts.insert(QChar::Script_Latin);  // numbers and signs: any language reads them
    return scripts;
}

/// One engine with the languages of the last text: loading costs more than reading.
class Reader
{
public:
    Reader()
    {
        omp_set_max_active_levels(0);  // on small pictures the threads of Tesseract mostly wait for each other
        m_api.SetVariable("debug_file", "/dev/null");
        init(QStringLiteral("eng"));
        std::vector<std::string> names;
        m_api.GetAvailableLanguagesAsVector(&names);
        for (const std::string &name : names)
            m_installed.append(QString::fromStdString(name));
    }

    /// "eng+deu" for \a text; empty when a script of it has none.
    QString languagesFor(const QString &text) const
    {
        QStringList chosen;
        for (const QChar::Script script : scriptsOf(text)) {
            bool found = false;
            for (const QString &language : languagesOf(script)) {
                if (m_installed.contains(language)) {
                    found = true;
                    if (!chosen.contains(language) && chosen.size() < 4)
                        chosen.append(language);
                }
            }
            if (!found)
                return {};
        }
        return chosen.join(u'+');
    }

    bool use(const QString &languages) { return m_languages == languages || init(languages); }

    QString read(const QImage &grey, tesseract::PageSegMode mode)
    {
        m_api.SetPageSegMode(mode);
        m_api.SetImage(grey.constBits(), grey.width(), grey.height(), 1, int(grey.bytesPerLine()));
        m_api.SetSourceResolution(300);
        const std::unique_ptr<char[]> text(m_api.GetUTF8Text());
        return text ? QString::fromUtf8(text.get()).simplified() : QString();
    }

private:
    bool init(const QString &languages)
    {
        m_languages.clear();
        const std::vector<std::string> names{"load_system_dawg", "load_freq_dawg", "load_punc_dawg", "load_number_dawg", "debug_file"};
        const std::vector<std::string> values{"0", "0", "0", "0", "/dev/null"};
        if (m_api.Init(nullptr, languages.toUtf8().constData(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false) != 0)
            return false;
        m_languages = languages;
        return true;
    }

    tesseract::TessBaseAPI m_api;
    QString m_languages;
    QStringList m_installed;
};

/// The channel in which light and dark lie furthest apart: red on green has hardly any difference in brightness.
QImage clearestChannel(const QImage &picture)
{
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB32);
    const auto valueOf = [](QRgb pixel, int channel) {
        const std::array<int, 4> values{qGray(pixel), qRed(pixel), qGreen(pixel), qBlue(pixel)};
        return values[size_t(channel)];
    };
    std::array<double, 4> sums{};
    std::array<double, 4> squares{};
    for (int y = 0; y < rgb.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(rgb.constScanLine(y));
        for (int x = 0; x < rgb.width(); ++x) {
            for (int channel = 0; channel < 4; ++channel) {
                const double value = valueOf(line[x], channel);
                sums[size_t(channel)] += value;
                squares[size_t(channel)] += value * value;
            }
        }
    }
    const double count = double(rgb.width()) * rgb.height();
    int best = 0;
    double most = -1;
    for (int channel = 0; channel < 4; ++channel) {
        const double mean = sums[size_t(channel)] / count;
        const double spread = squares[size_t(channel)] / count - mean * mean;
        if (spread > most * 1.1) {
            most = spread;
            best = channel;
        }
    }
    QImage grey(rgb.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < rgb.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(rgb.constScanLine(y));
        uchar *out = grey.scanLine(y);
        for (int x = 0; x < rgb.width(); ++x)
            out[x] = uchar(valueOf(line[x], best));
    }
    return grey;
}

QImage cropOf(const QImage &picture, const QRectF &box)
{
    const double margin = 0.15 * std::min(box.width(), box.height());
    const QRect part = box.adjusted(-margin, -margin, margin, margin).toAlignedRect().intersected(picture.rect());
    return part.isEmpty() ? QImage() : picture.copy(part);
}

/// \a grey so that it is \a height pixels high, within what is worth while.
QImage scaledTo(const QImage &grey, int height)
{
    constexpr double largestEdge = 3000;
    double factor = std::clamp(double(height) / grey.height(), 0.1, 8.0);
    factor = std::min(factor, largestEdge / std::max(grey.width(), grey.height()));
    const QSize size(std::max(8, int(grey.width() * factor)), std::max(8, int(grey.height() * factor)));
    return grey.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_Grayscale8);
}

/// Signs that stand alone are texture, unless they were asked for.
QString withoutSpecks(const QString &text, const QString &expected)
{
    QStringList words;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        const bool speck = std::none_of(word.cbegin(), word.cend(), [](QChar c) { return c.isLetterOrNumber(); });
        if (!speck || expected.contains(word))
            words.append(word);
    }
    return words.join(u' ');
}

/// "Café" as "Cafe": the English data knows no other letters.
QString withoutMarks(const QString &text)
{
    QString plain = text.normalized(QString::NormalizationForm_D);
    plain.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    plain.replace(QChar(u'ß'), QStringLiteral("B"));
    return plain;
}

void readOne(Reader &reader, const QImage &crop, bool keepMarks, TextReading &reading)
{
    constexpr std::array heights{120, 60, 240, 420};
    const std::array modes{tesseract::PSM_SINGLE_BLOCK, tesseract::PSM_SPARSE_TEXT};
    const QImage grey = clearestChannel(crop);
    reading.difference = compareTexts(reading.expected, {});
    for (const int height : heights) {
        QImage image = scaledTo(grey, height);
        for (int polarity = 0; polarity < 2; ++polarity) {
            for (const tesseract::PageSegMode mode : modes) {
                const QString found = withoutSpecks(reader.read(image, mode), reading.expected);
                const TextDifference difference = keepMarks ? compareTexts(reading.expected, found)
                                                            : compareTexts(withoutMarks(reading.expected), withoutMarks(found));
                if (difference.score > reading.difference.score) {
                    reading.found = found;
                    reading.difference = difference;
                }
                if (reading.difference.isEqual())
                    return;
            }
            image.invertPixels();
        }
    }
}

} // namespace

QString readingProblem(const QString &id, ReadingProblem why)
{
    return why == ReadingProblem::Outside
               ? tr("\"%1\" lies outside the picture and cannot be read.").arg(id)
               : tr("\"%1\" cannot be read here: Tesseract has no data for its script. Install the language for Tesseract.").arg(id);
}

QList<TextReading> readTexts(const QImage &picture, const QList<TextToRead> &texts)
{
    QList<TextReading> readings;
    if (texts.isEmpty())
        return readings;
    Reader reader;
    for (const TextToRead &text : texts) {
        TextReading reading;
        reading.id = text.id;
        reading.expected = text.expected;
        const QString languages = reader.languagesFor(text.expected);
        const QImage crop = cropOf(picture, text.box);
        if (languages.isEmpty() || !reader.use(languages)) {
            reading.problem = readingProblem(text.id, ReadingProblem::NoData);
        } else if (crop.isNull()) {
            reading.why = ReadingProblem::Outside;
            reading.problem = readingProblem(text.id, reading.why);
        } else {
            readOne(reader, crop, languages != QLatin1String("eng"), reading);
        }
        readings.append(reading);
    }
    return readings;
}

} // namespace Galley
