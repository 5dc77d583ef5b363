#!/usr/bin/env bash
# Brings translations/*.ts up to date with the sources. Then translate what is marked unfinished (Qt Linguist, or an editor);
# `ctest -R translations_complete` says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate6 || true)
[ -n "$lupdate" ] || lupdate=/usr/lib/qt6/bin/lupdate
"$lupdate" -locations none -no-obsolete -I . core ui app/galley -ts translations/galley_de.ts
"$lupdate" -locations none -no-obsolete -pluralonly -I . core ui app/galley -ts translations/galley_en.ts
