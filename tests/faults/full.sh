#!/usr/bin/env bash
# Crashes, power cuts, full disks and damaged pictures at full length, which takes some hours beside other work: tests/faults/full.sh [BUILD [SUITE…]]
# The figures of each suite go to tests/bench/results/faults.json. GALLEY_SEED: other moments.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build/release}
suites=${*:2}
export QT_QPA_PLATFORM=offscreen QTEST_FUNCTION_TIMEOUT=86400000 GALLEY_RESULTS=$PWD/tests/bench/results/faults.json
# kill -9 keeps what the kernel has been given, on any file system: the disk only costs time.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then
    export TMPDIR=/dev/shm
fi

run() {
    local test=$1
    shift
    case " ${suites:-$test} " in
    *" $test "*) nice -n 15 env "$@" "$build/tests/$test" ;;
    esac
}

run tst_powercut GALLEY_CUTS=1000
run tst_fulldisk GALLEY_FULL_STEPS=100000
run tst_decoders GALLEY_FUZZ=10000
run tst_queuecrash GALLEY_KILLS=200
run tst_rendercrash GALLEY_SAVES=1000
run tst_storecrash GALLEY_KILLS=10000
