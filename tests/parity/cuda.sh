#!/bin/bash
# The engine on a GPU: builds it alone, runs its suites on the device and measures it against diffusers.
#
#     tests/parity/cuda.sh build      configures and builds build/cuda against the libtorch of python3; a few minutes on two cores, one on sixteen
#     tests/parity/cuda.sh run OUT    runs everything; OUT gets summary.txt, tests.log, bench.log, build.log, engine-cuda.json and layer-cuda.json
#     tests/parity/cuda.sh tests OUT  the suites alone
#     tests/parity/cuda.sh bench OUT  the measurements alone
#
# Wanted: a driver, python3 with torch (CUDA), transformers, safetensors and numpy, cmake, ninja and a C++20 compiler. What else the build needs may lie in
# .gpu/prefix (headers and libraries of nlohmann-json, tl-expected, utf8proc, Zstandard and doctest), and missing Python packages as wheels in .gpu/wheels; nothing is
# fetched. Each step has a time limit, and one that fails does not stop the next; the status is 0 when all passed.
#
# Variables: PYTHON, GALLEY_TEST_DEVICE (cuda), GALLEY_TORCH_ROOT (of PYTHON's torch), BUILD (build/cuda), BENCH_ARGUMENTS (more of them for bench_models.py).
set -u
cd "$(dirname "$0")/../.." || exit 1

python=${PYTHON:-python3}
build=${BUILD:-$PWD/build/cuda}
export GALLEY_TEST_DEVICE=${GALLEY_TEST_DEVICE:-cuda}
suites="tst_modelparity tst_sampling tst_diffusers tst_stablediffusion tst_engine tst_memory"
test_limit=110
bench_limit=170

configure_and_build() {
    root=${GALLEY_TORCH_ROOT:-$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')} || return 1
    cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGALLEY_ENGINE_ONLY=ON -DGALLEY_TORCH_ROOT="$root" -DCMAKE_PREFIX_PATH="$PWD/.gpu/prefix" &&
        ninja -C "$build" -k 0 $suites bench_models bench_engine
}

install_wheels() {
    ls .gpu/wheels/*.whl >/dev/null 2>&1 || return 0
    "$python" -m pip install -q --no-index --no-deps --no-compile --upgrade --target "$build/site" .gpu/wheels/*.whl
}

if [ "${1:-}" = build ]; then
    mkdir -p "$build"
    { configure_and_build; built=$?; install_wheels; } 2>&1 | tee "$build/build.log"
    for suite in $suites; do
        [ -x "$build/tests/$suite" ] || { echo "cuda.sh: $suite was not built"; exit 1; }
    done
    exit 0
fi
case "${1:-}" in
run | tests | bench) what=$1 ;;
*) what= ;;
esac
if [ -z "$what" ] || [ -z "${2:-}" ]; then
    sed -n '2,8p' "$0"
    exit 2
fi

mkdir -p "$2"
out=$(cd "$2" && pwd)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export PYTHONPATH=$build/site${PYTHONPATH:+:$PYTHONPATH} PYTHONUNBUFFERED=1 HF_HUB_OFFLINE=1
failed=0

note() {
    printf '%-22s %-7s %6s s\n' "$1" "$2" "$3" | tee -a "$out/summary.txt"
}

# Runs a step and writes its status and seconds beside its log.
step() {
    name=$1
    limit=$2
    shift 2
    start=$(date +%s.%N)
    timeout -k 5 "$limit" "$@" >"$logs/$name.log" 2>&1
    echo "$? $(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')" >"$logs/$name.status"
}

report() {
    read -r status seconds <"$logs/$1.status"
    if [ "$status" = 0 ]; then
        note "$1" passed "$seconds"
    else
        note "$1" "($status)" "$seconds"
        failed=1
    fi
    { echo "==== $1: status $status, $seconds s"; cat "$logs/$1.log"; } >>"$out/$2"
}

rm -f "$out"/{summary.txt,tests.log,bench.log,engine-cuda.json,layer-cuda.json}
cp "$build/build.log" "$out/build.log" 2>/dev/null
{ uname -srm; nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader; "$python" -c 'import torch; print("torch", torch.__version__)'; } 2>&1 |
    tee "$out/summary.txt"

if [ $what != bench ]; then
    for suite in $suites; do
        step "$suite" $test_limit "$build/tests/$suite" &
    done
    wait
    for suite in $suites; do
        report "$suite" tests.log
    done
fi
if [ $what != tests ]; then
    step layers 40 "$build/bench/bench_engine" --device "$GALLEY_TEST_DEVICE" --out "$out/layer-cuda.json"
    report layers bench.log
    step bench $bench_limit "$python" tests/bench/engine/bench_models.py --bench "$build/bench/bench_models" --device "$GALLEY_TEST_DEVICE" \
        --out "$out/engine-cuda.json" --timeout 80 ${BENCH_ARGUMENTS:-}
    report bench bench.log
    grep -E 'ratio' "$logs/bench.log" | tee -a "$out/summary.txt"
fi
exit $failed
