#!/bin/sh
# run.sh FUZZER FOLDER: fuzzes for GALLEY_FUZZ_SECONDS (60 if that is not set), starting from the seeds in FOLDER/seeds. Inputs that broke it stay in
# FOLDER/crashes, and their paths are the last lines of the output. A fuzzer that ends in any other way than well has failed too.
set -u
fuzzer=$1
folder=$2
mkdir -p "$folder/found" "$folder/crashes"
"$fuzzer" -max_total_time="${GALLEY_FUZZ_SECONDS:-60}" -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$folder/crashes/" "$folder/found" "$folder/seeds" > "$folder/log" 2>&1
status=$?
tail -n 60 "$folder/log"
left=$(find "$folder/crashes" -type f)
[ -z "$left" ] && exit "$status"
echo "These inputs break $fuzzer; run it on one of them to see how:"
echo "$left"
exit 1
