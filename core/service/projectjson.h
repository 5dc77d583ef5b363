#pragma once

#include "core/service/projectimages.h"
#include "core/store/store.h"

namespace Galley {

/// One line of pictures.jsonl.
struct ProjectPicture
{
    ImportedPicture picture;  ///< without its file
    int job = -1;             ///< number of a line of jobs.jsonl; -1: none

    QString digest() const { return picture.asset.record.digest; }
};

/// What a project file says, as JSON. Reading takes the default for whatever is unknown; what names no file is an error.
Json projectPictureJson(const ProjectPicture &picture);
Result<ProjectPicture> projectPictureFromJson(const Json &json);

/// Without what belongs to this machine (folders, paths) or to this library (ids, reservation).
Json projectJobJson(const JobRecord &job, const QList<ReferencePicture> &references, const ProjectImages &images);
/// As a job that is done and off the list; \a references and \a images without their bytes.
Result<JobRecord> projectJobFromJson(const Json &json, QList<ReferencePicture> *references, QList<ProjectImage> *images);

} // namespace Galley
