#!/usr/bin/env bash
# Sets Galley up, builds everything and runs all tests. With CI set, warnings are errors.
set -euo pipefail
. "$(dirname "$0")/setup.sh"

preset=${CI:+ci}
preset=${preset:-release}  # the folder and flags of run.sh, so that nothing is built twice
galley_setup
galley_build "$preset" all
cd "$GALLEY_ROOT"
ctest --preset "$preset" "$@"
