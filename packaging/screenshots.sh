#!/usr/bin/env bash
# Makes resources/screenshots/{light,dark}-{1x,2x}.webp from a built galley: packaging/screenshots.sh [BUILD_DIR, default build/release]
# Needs xvfb, imagemagick (import, convert); lossless WebP is a quarter smaller than PNG. The window shows the first sample with its draft.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
out=resources/screenshots
mkdir -p "$out"
home=$(mktemp -d)
display=$((90 + RANDOM % 900))
trap 'kill $server 2>/dev/null || true; rm -rf "$home"' EXIT
Xvfb :$display -screen 0 2960x1920x24 >/dev/null 2>&1 &
server=$!
sleep 1
export DISPLAY=:$display LC_ALL=C.UTF-8
for theme in light dark; do
    for scale in 1 2; do
        rm -rf "$home"/*
        mkdir -p "$home/config"
        printf '[ui]\ntheme=%s\nlanguage=en\n' "$theme" > "$home/config/galley.conf"
        GALLEY_HOME=$home QT_SCALE_FACTOR=$scale "$build/bin/galley" >/dev/null 2>&1 &
        window=$!
        sleep "${SCREENSHOT_WAIT:-12}"
        import -window root -crop $((1440 * scale))x$((900 * scale))+0+0 +repage "$home/shot.png"
        kill $window
        wait $window 2>/dev/null || true
        convert "$home/shot.png" -dither None -colors $((256 / scale)) \
            -define webp:lossless=true -define webp:method=6 -quality 100 "$out/$theme-${scale}x.webp"
    done
done
ls -l "$out"
