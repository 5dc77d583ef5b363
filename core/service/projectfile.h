#pragma once

#include "core/service/librarycare.h"

namespace Galley {

/// A project as one file (ZIP): everything to reopen it in another library.
///
///     project.json          {"galley_project": 1, "project", "exported_at", "pictures", "jobs", "picks", "searches"}: picks by the numbers of the
///                           pictures' lines; those of both, and searches that are not of other projects only. They are here, and may be missing, so that
///                           versions which do not know them read the file, and files of before are read by this one.
///     pictures.jsonl        one object a line: the row of the picture, its judgement and scores, the number of its job's line
///     jobs.jsonl            one a line: what was asked (template and row by value), the decision, what went along; no local paths
///     comparisons.json      by the numbers of the pictures' lines
///     originals/ab/<sha256>.png, references/<sha256>.png   stored as they are: pictures do not get smaller
///     images/<sha256>.png   what a template or its row names by path; taken in they lie in the library's folder `images`, and the template names them
///                           there. One that cannot be read, or is of another kind (BMP), is named in the report.
///
/// Read as hostile: only these names (and `templates/`, which was written once and is not read), sizes and numbers of entries within limits, nothing above
/// 1 MB that unpacks to more than a hundred times its size, no job of more pictures than are held at once, every file checked against the digest that it is
/// named after, nothing ever written to a path that the file says.

/// The pictures of \a project (empty: all) that are not in the bin. \a file is replaced only when all of it is on disk. Damaged pictures are left out and
/// reported; what the library cannot read of the others now is a failure, never left out.
Result<LibraryReport> writeProjectFile(Store *store, const QString &project, const QString &file, const CareProgress &progress);

/// Takes \a file into the library, job by job, each whole or not at all: once more after it was stopped, it goes on. What is here already stays as it is.
Result<LibraryReport> readProjectFile(Store *store, const QString &file, const CareProgress &progress);

/// The bytes of one original in such a file; empty when it has none, or cannot be read.
QByteArray originalInProjectFile(const QString &file, const QString &digest);


} // namespace Galley
