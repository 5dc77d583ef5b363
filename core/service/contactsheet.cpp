#include "core/service/contactsheet.h"

#include "core/base/durable.h"
#include "core/composition/textblock.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ContactSheet", text);
}

QString variantName(const AssetRecord &record)
{
    return record.row > 0 ? tr("%1, row %2").arg(record.templateName).arg(record.row) : record.templateName;
}

QString costText(const AssetRecord &record)
{
    return record.costUsd ? QStringLiteral("$%1").arg(*record.costUsd, 0, 'f', *record.costUsd < 0.995 ? 3 : 2) : tr("cost not known");
}

QString starText(const Judgement &judgement)
{
    QString text = judgement.rating ? QString(*judgement.rating, u'★') + QString(5 - *judgement.rating, u'☆') : QString();
    if (judgement.pick != PickState::None)
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + (judgement.pick == PickState::Picked ? tr("picked") : tr("rejected"));
    return text;
}

/// All lengths in points (1/72 inch): the painter is scaled to them.
class Sheet
{
public:
    Sheet(QPdfWriter &writer, const QList<ContactPicture> &pictures, const ContactLoader &load, const ContactSheetOptions &options)
        : m_writer(writer)
        , m_pictures(pictures)
        , m_load(load)
        , m_options(options)
        , m_grid(contactGrid(pictures))
        , m_across(m_grid.rows.isEmpty() ? 1 : int(m_grid.rows.first().size()))
        , m_page(options.page.rect(QPageSize::Point).adjusted(margin, margin, -margin, -margin))
    {
        const double width = (m_page.width() - gap * (m_across - 1)) / m_across;
        // A page should hold at least two rows, whatever shape the pictures have.
        m_cell = {width, std::min(width * 1.25 + textHeight, (m_page.height() - headerHeight - gap) / 2)};
        m_perPage = std::max(1, int((m_page.height() - headerHeight + gap) / (m_cell.height() + labelHeight() + gap)));
    }

    /// False: it was stopped.
    bool paint()
    {
        QPainter painter(&m_writer);
        painter.scale(m_writer.resolution() / 72.0, m_writer.resolution() / 72.0);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        const int rows = int(m_grid.rows.size());
        const int pages = std::max(1, (rows + m_perPage - 1) / m_perPage);
        for (int page = 0; page < pages && !m_isStopped; ++page) {
            if (page > 0)
                m_writer.newPage();
            paintHeader(painter, page + 1, pages);
            for (int row = page * m_perPage; row < std::min(rows, (page + 1) * m_perPage); ++row)
                paintRow(painter, row, m_page.top() + headerHeight + (row - page * m_perPage) * (m_cell.height() + labelHeight() + gap));
        }
        return !m_isStopped;
    }

private:
    static constexpr double margin = 34;
    static constexpr double gap = 12;
    static constexpr double headerHeight = 36;
    static constexpr double textHeight = 50;

    double labelHeight() const { return m_grid.columns.isEmpty() ? 0 : 14; }

    static QFont font(double points, bool bold = false)
    {
        QFont font = TextBlock::fontFor({QStringLiteral("Inter"), bold ? 700 : 400, false});
        font.setPixelSize(int(points));  // the painter counts in points
        font.setHintingPreference(QFont::PreferNoHinting);
        return font;
    }

    /// One line, shortened to its width.
    static void line(QPainter &painter, const QRectF &box, const QString &text, const QFont &font, const QColor &color, Qt::Alignment align = Qt::AlignLeft)
    {
        constexpr int fine = 16;  // measured large, so that no hinting counts
        QFont large = font;
        large.setPixelSize(fine * font.pixelSize());
        const QString shortened = QFontMetricsF(large).elidedText(text.simplified(), Qt::ElideRight, fine * box.width());
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(box, int(align | Qt::AlignVCenter) | Qt::TextSingleLine, shortened);
    }

    void paintHeader(QPainter &painter, int page, int pages)
    {
        const QRectF box(m_page.left(), m_page.top(), m_page.width(), 16);
        line(painter, box.adjusted(0, 0, -120, 0), m_options.title.isEmpty() ? tr("Contact sheet") : m_options.title, font(13, true), Qt::black);
        line(painter, box, tr("Page %1 of %2").arg(page).arg(pages), font(9), QColor(0x55, 0x55, 0x55), Qt::AlignRight);
        QString counted = QCoreApplication::translate("Galley::ContactSheet", "%n picture(s)", nullptr, int(m_pictures.size()));
        if (m_options.at.isValid())
            counted += QStringLiteral(" · ") + QLocale().toString(m_options.at, QLocale::ShortFormat);
        line(painter, box.translated(0, 15), counted, font(9), QColor(0x55, 0x55, 0x55));
    }

    void paintRow(QPainter &painter, int row, double top)
    {
        if (!m_grid.columns.isEmpty())
            line(painter, {m_page.left(), top, m_page.width(), 12}, m_grid.labels.at(row), font(9, true), QColor(0x33, 0x33, 0x33));
        for (int column = 0; column < m_grid.rows[row].size(); ++column) {
            const qsizetype index = m_grid.rows[row][column];
            if (index >= 0 && !m_isStopped)
                paintPicture(painter, m_pictures[index], {QPointF(m_page.left() + column * (m_cell.width() + gap), top + labelHeight()), m_cell});
        }
    }

    void paintPicture(QPainter &painter, const ContactPicture &picture, const QRectF &cell)
    {
        const QRectF area = cell.adjusted(0, 0, 0, -textHeight);
        if (const auto image = m_load(picture)) {
            const QSizeF size = QSizeF(image->size()).scaled(area.size(), Qt::KeepAspectRatio);
            const QRectF place(QPointF(area.left(), area.bottom() - size.height()), size);
            const QSize pixels = (size * m_options.resolution / 72).toSize().expandedTo({1, 1});
            const bool isLarge = pixels.width() < image->width();
            // Opaque, so that the PDF holds it as JPEG.
            const QImage shown = isLarge ? image->scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation) : *image;
            QImage opaque(shown.size(), QImage::Format_RGB32);
            opaque.fill(Qt::white);
            QPainter(&opaque).drawImage(0, 0, shown);
            painter.drawImage(place, opaque);
        } else {
            m_isStopped = image.error().code == ErrorCode::Cancelled;
            painter.setPen(QColor(0x99, 0x99, 0x99));
            painter.drawRect(area);
            painter.setFont(font(8));
            painter.drawText(area.adjusted(6, 6, -6, -6), Qt::AlignCenter | Qt::TextWordWrap, image.error().message);
        }
        paintTags(painter, picture, {cell.left(), area.bottom() + 3, cell.width(), textHeight - 3});
    }

    void paintTags(QPainter &painter, const ContactPicture &picture, const QRectF &box)
    {
        const QRectF first(box.left(), box.top(), box.width(), 11);
        line(painter, first, m_options.modelName ? m_options.modelName(picture.model()) : picture.model(), font(9, true), Qt::black);
        QStringList facts{variantName(picture.record), costText(picture.record)};
        line(painter, first.translated(0, 11), facts.join(QStringLiteral(" · ")), font(8), QColor(0x33, 0x33, 0x33));
        QStringList said{starText(picture.judgement), picture.judgement.tags.join(QStringLiteral(", "))};
        said.removeAll(QString());
        line(painter, first.translated(0, 22), said.join(QStringLiteral(" · ")), font(8), QColor(0x33, 0x33, 0x33));
        line(painter, first.translated(0, 33), picture.judgement.note, font(8), QColor(0x33, 0x33, 0x33));
    }

    QPdfWriter &m_writer;
    const QList<ContactPicture> &m_pictures;
    const ContactLoader &m_load;
    const ContactSheetOptions &m_options;
    ContactGrid m_grid;
    int m_across;
    QRectF m_page;
    QSizeF m_cell;
    int m_perPage = 1;
    bool m_isStopped = false;
};

/// A cell of CSV.
QString cell(QString text)
{
    static const QString formulas = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && formulas.contains(text.front()))
        text.prepend(u'\'');
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r'))
        return u'"' + text.replace(QStringLiteral("\""), QStringLiteral("\"\"")) + u'"';
    return text;
}

QStringList scoreNames(const QList<ContactPicture> &pictures)
{
    QStringList names;
    for (const ContactPicture &picture : pictures) {
        for (const PictureScore &score : picture.scores) {
            if (!names.contains(score.name))
                names.append(score.name);
        }
    }
    return names;
}

QStringList fieldsOf(const ContactPicture &picture)
{
    const AssetRecord &record = picture.record;
    return {record.id > 0 ? QString::number(record.id) : QString(),
            record.createdAt.toUTC().toString(Qt::ISODate),
            record.templateName,
            record.row > 0 ? QString::number(record.row) : QString(),
            record.project,
            record.requestedModel,
            record.routedModel,
            record.servedModel,
            record.revision,
            record.rule,
            record.seed ? QString::number(*record.seed) : QString(),
            QString::number(record.size.width()),
            QString::number(record.size.height()),
            record.costUsd ? QString::number(*record.costUsd, 'f', 6) : QString(),
            picture.judgement.rating ? QString::number(*picture.judgement.rating) : QString(),
            pickStateName(picture.judgement.pick),
            picture.judgement.tags.join(QStringLiteral("; ")),
            picture.judgement.note,
            record.digest,
            record.prompt};
}

} // namespace

ContactGrid contactGrid(const QList<ContactPicture> &pictures, int across)
{
    ContactGrid grid;
    for (const ContactPicture &picture : pictures) {
        if (!grid.columns.contains(picture.model()))
            grid.columns.append(picture.model());
    }
    if (grid.columns.size() < 2) {
        grid.columns.clear();
        for (qsizetype i = 0; i < pictures.size(); ++i) {
            if (i % across == 0) {
                grid.rows.append(QList<qsizetype>(std::min<qsizetype>(across, pictures.size()), -1));
                grid.labels.append(QString());
            }
            grid.rows.last()[i % across] = i;
        }
        return grid;
    }
    // Models that find no room beside the others come below them; a second picture of one model and variant begins a row of its own.
    for (qsizetype first = 0; first < grid.columns.size(); first += across) {
        const QStringList models = grid.columns.mid(first, across);
        QList<QList<qsizetype>> rows;
        QStringList labels;
        for (qsizetype i = 0; i < pictures.size(); ++i) {
            const qsizetype column = models.indexOf(pictures[i].model());
            if (column < 0)
                continue;
            const QString label = variantName(pictures[i].record);
            qsizetype row = labels.indexOf(label);
            while (row >= 0 && rows[row][column] >= 0)
                row = labels.indexOf(label, row + 1);
            if (row < 0) {
                row = labels.lastIndexOf(label) + 1;
                row = row == 0 ? labels.size() : row;
                labels.insert(row, label);
                rows.insert(row, QList<qsizetype>(std::min<qsizetype>(across, grid.columns.size()), -1));
            }
            rows[row][column] = i;
        }
        grid.rows += rows;
        grid.labels += labels;
    }
    return grid;
}

Result<void> writeContactSheet(const QString &file, const QList<ContactPicture> &pictures, const ContactLoader &load, const ContactSheetOptions &options)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly)) {
        QPdfWriter writer(&out);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setPageSize(options.page);
        writer.setPageMargins({0, 0, 0, 0});
        writer.setResolution(1200);
        writer.setTitle(options.title.isEmpty() ? tr("Contact sheet") : options.title);
        writer.setCreator(QStringLiteral("Galley " GALLEY_VERSION));
        if (!Sheet(writer, pictures, load, options).paint()) {
            out.cancelWriting();
            return fail(ErrorCode::Cancelled, tr("The contact sheet was stopped; %1 is as it was.").arg(QDir::toNativeSeparators(file)));
        }
        if (commitWhole(out))
            return {};
    }
    return fail(ErrorCode::Io, tr("%1 could not be written: %2. Choose another folder, or make room there.").arg(QDir::toNativeSeparators(file), writeReason(out)));
}

QByteArray contactSheetCsv(const QList<ContactPicture> &pictures)
{
    const QStringList names = scoreNames(pictures);
    QStringList header{QStringLiteral("id"), QStringLiteral("created"), QStringLiteral("template"), QStringLiteral("row"), QStringLiteral("project"),
                       QStringLiteral("requested"), QStringLiteral("routed"), QStringLiteral("served"), QStringLiteral("revision"), QStringLiteral("rule"),
                       QStringLiteral("seed"), QStringLiteral("width"), QStringLiteral("height"), QStringLiteral("cost_usd"), QStringLiteral("rating"),
                       QStringLiteral("pick"), QStringLiteral("tags"), QStringLiteral("note"), QStringLiteral("sha256"), QStringLiteral("prompt")};
    for (const QString &name : names)
        header.append(QStringLiteral("score_") + name);
    QByteArray text = header.join(u',').toUtf8() + "\r\n";
    for (const ContactPicture &picture : pictures) {
        QStringList line;
        for (const QString &field : fieldsOf(picture))
            line.append(cell(field));
        for (const QString &name : names) {
            const auto score = std::find_if(picture.scores.cbegin(), picture.scores.cend(), [&](const PictureScore &each) { return each.name == name; });
            line.append(score == picture.scores.cend() ? QString() : QString::number(score->value, 'f', 4));
        }
        text += line.join(u',').toUtf8() + "\r\n";
    }
    return text;
}

} // namespace Galley
