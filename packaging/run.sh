#!/usr/bin/env bash
# Sets Galley up, builds it and opens the desktop; with arguments passes them to galley.
# Without a display it renders the sample template to galley-first-draft.png instead.
set -euo pipefail
. "$(dirname "$0")/setup.sh"

started_in=$PWD
galley_setup
galley_build release galley galley-worker
cd "$started_in"
galley="$GALLEY_ROOT/build/release/bin/galley"

if [ $# -gt 0 ]; then
    exec "$galley" "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$galley"
fi

sample="$GALLEY_ROOT/resources/templates/market-poster.galley"
picture="$started_in/galley-first-draft.png"
begin=$(date +%s%N)
report=$("$galley" render "$sample" -o "$picture" --json) ||
    galley_die "the sample could not be rendered: $report"
end=$(date +%s%N)
# A draft of clip art alone needs no model and so names no device.
made=$(printf '%s' "$report" | python3 -c 'import json, sys
picture = json.load(sys.stdin)["outputs"][0]
print("clip art" if picture["device"] in (None, "none") else "{} on {}".format(picture["served"], picture["device"].upper()))')
printf 'No display here, so the sample was rendered instead.\n%s: %d ms, %s (%s)\n' \
    "$picture" $(((end - begin) / 1000000)) "$made" "$(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo)"
