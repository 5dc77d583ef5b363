#!/usr/bin/env bash
# Sets Galley up, builds everything with warnings as errors and runs all tests.
set -euo pipefail
. "$(dirname "$0")/setup.sh"

galley_setup
galley_build ci all
cd "$GALLEY_ROOT"
ctest --preset ci "$@"
