#!/usr/bin/env bash
# Installs what Galley needs to build: Debian packages and libtorch. Does nothing, and asks nothing of the network, when all
# is in place. Sourced by run.sh and test.sh; may be run alone.
set -euo pipefail

GALLEY_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
GALLEY_TORCH_DIR="$GALLEY_ROOT/.torch"

galley_die() {
    printf 'galley: %s\n' "$*" >&2
    exit 1
}

galley_check_system() {
    [ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ] ||
        galley_die "this set-up supports 64-bit Linux on x86 only; here is $(uname -s) on $(uname -m). Build by hand as CMakePresets.json says, with your own libtorch (-DGALLEY_TORCH_ROOT=DIR)."
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
        galley_die "this set-up needs Debian 12 or Ubuntu 24.04 (apt-get was not found). Install the equivalents of packaging/packages.txt, then build with: cmake --preset release && ninja -C build/release"
}

galley_as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        galley_die "packages are missing and neither root nor sudo is at hand. Ask an administrator to run: apt-get install $GALLEY_MISSING"
    fi
}

galley_need_space() { # folder, MiB, what for
    local free
    free=$(df -Pm "$1" | awk 'NR==2 {print $4}')
    [ "$free" -ge "$2" ] || galley_die "$3 needs $2 MiB in $1, and $free MiB are free. Make room and run this again."
}

galley_install_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" {print $2}' | sort -u)
    GALLEY_MISSING=$(sort -u "$GALLEY_ROOT/packaging/packages.txt" | comm -23 - <(printf '%s\n' "$installed") | tr '\n' ' ')
    [ -n "${GALLEY_MISSING// /}" ] || return 0
    galley_need_space / 1500 "Installing packages"
    printf 'galley: installing %s\n' "$GALLEY_MISSING" >&2
    # shellcheck disable=SC2086  # a list of names
    if ! galley_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $GALLEY_MISSING >"$GALLEY_LOG" 2>&1; then
        galley_as_root apt-get update >>"$GALLEY_LOG" 2>&1 ||
            galley_die "the package lists could not be fetched. Check the network connection (details: $GALLEY_LOG)."
        galley_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $GALLEY_MISSING >>"$GALLEY_LOG" 2>&1 ||
            galley_die "apt-get could not install the packages. See the end of $GALLEY_LOG; on a system other than Debian 12 a name may differ."
    fi
}

# Unpacks headers and the libraries that are needed: all of torch/lib but the Python binding; the CUDA half only with a driver.
galley_unpack_wheels() { # from folder, to folder, with cuda: 0 or 1
    python3 - "$@" <<'PYTHON'
import pathlib, sys, zipfile

source, target, cuda = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3] == "1"
CUDA_HALF = ("libtorch_cuda", "libc10_cuda", "libtorch_nvshmem", "libcaffe2_nvrtc")
NOT_NEEDED = ("libtorch_python", "libshm")
for wheel in sorted(source.glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            parts = pathlib.PurePosixPath(name).parts
            if name.endswith("/") or ".." in parts:
                continue
            if parts[0] == "torch":
                wanted = parts[1] in ("include", "lib") or parts[1].startswith(("LICENSE", "NOTICE"))
                file = parts[-1]
                if parts[1] == "lib" and (file.startswith(NOT_NEEDED) or (not cuda and file.startswith(CUDA_HALF))):
                    wanted = False
            else:
                wanted = parts[0] == "nvidia" and "lib" in parts or "licenses" in parts
            if wanted:
                archive.extract(name, target)
PYTHON
}

galley_install_torch() {
    local cuda=0 files=("$GALLEY_ROOT/packaging/torch.txt") wanted partial
    if [ -e /proc/driver/nvidia/version ] || ldconfig -p 2>/dev/null | grep -q 'libcuda\.so\.1'; then
        cuda=1
        files+=("$GALLEY_ROOT/packaging/torch-cuda.txt")
    fi
    wanted=$(cat "${files[@]}" | sha256sum | cut -d' ' -f1)
    [ "$(cat "$GALLEY_TORCH_DIR/stamp" 2>/dev/null || true)" != "$wanted" ] || return 0
    galley_need_space "$GALLEY_ROOT" $((cuda ? 8000 : 2500)) "Unpacking libtorch"
    printf 'galley: fetching libtorch (%s)\n' "$([ $cuda = 1 ] && echo 'with CUDA, about 2.7 GB' || echo 'about 560 MB')" >&2
    partial="$GALLEY_TORCH_DIR.partial"
    rm -rf "$partial"
    mkdir -p "$partial/wheels"
    local requirements=()
    for file in "${files[@]}"; do requirements+=(-r "$file"); done
    # One fixed wheel whatever Python runs here, so that its hash can be pinned.
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
        --python-version 3.11 --implementation cp --abi cp311 --abi none \
        --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 --platform manylinux_2_25_x86_64 \
        --platform manylinux_2_18_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
        --platform manylinux2010_x86_64 --dest "$partial/wheels" "${requirements[@]}" >>"$GALLEY_LOG" 2>&1 ||
        galley_die "libtorch could not be fetched from PyPI. Check the network connection and the free disk space (details: $GALLEY_LOG), or pass another libtorch with -DGALLEY_TORCH_ROOT=DIR."
    galley_unpack_wheels "$partial/wheels" "$partial" "$cuda" ||
        galley_die "libtorch could not be unpacked into $partial. Check the free disk space and run this again."
    rm -rf "$partial/wheels"
    printf '%s\n' "$wanted" >"$partial/stamp"
    rm -rf "$GALLEY_TORCH_DIR"
    mv "$partial" "$GALLEY_TORCH_DIR"
}

galley_setup() {
    GALLEY_LOG="${TMPDIR:-/tmp}/galley-setup-$(id -u).log"
    : >"$GALLEY_LOG"
    galley_check_system
    galley_install_packages
    galley_install_torch
}

# Configures build/release when needed and builds the targets; quiet when there is nothing to do.
galley_build() { # preset, targets…
    local preset="$1"
    shift
    cd "$GALLEY_ROOT"
    if [ ! -f build/release/build.ninja ] || [ "$(cat build/release/.preset 2>/dev/null || true)" != "$preset" ]; then
        galley_need_space "$GALLEY_ROOT" 2500 "Building"
        cmake --preset "$preset" >>"$GALLEY_LOG" 2>&1 ||
            { tail -20 "$GALLEY_LOG" >&2; galley_die "cmake could not configure the build (details: $GALLEY_LOG)."; }
        printf '%s\n' "$preset" >build/release/.preset
    fi
    if [ "$(ninja -C build/release -n "$@" | tail -1)" != "ninja: no work to do." ]; then
        printf 'galley: building; the first time takes several minutes\n' >&2
        ninja -C build/release "$@" >&2 || galley_die "the build failed; the first error stands above. Free disk space, or report it with the compiler's lines."
    fi
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    galley_setup
    echo "galley: everything is in place."
fi
