#!/usr/bin/env bash
# Runs the fuzzers (tests/fuzz), each for some time, from their committed corpora on; keeps what is new, minimised.
# Usage: tools/fuzz.sh [SECONDS] [TARGET...]     default: 60 seconds each, all targets
# Inputs that were found stay in build/fuzz/work/TARGET between runs; one that fails is left in build/fuzz/failed.
# Ends with status 1 when one failed.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 1
seconds=60
case ${1:-} in
--help | -h)
    sed -n '2,5s/^# //p' "$0"
    exit 0
    ;;
'' | *[!0-9]*) ;;
*)
    seconds=$1
    shift
    ;;
esac
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(sed -n 's/^countersign_fuzz(\([a-z_]*\).*/\1/p' tests/fuzz/CMakeLists.txt)

tools/setup.sh --for-tests || exit 1
. "$root/tools/build.sh"
built=()
for target in "${targets[@]}"; do built+=("fuzz_$target" "fuzz_${target}_corpus"); done
build fuzz "${built[@]}" || exit 1

here=$root/build/fuzz
mkdir -p "$here/failed"
failed=0
for target in "${targets[@]}"; do
    kept=$root/tests/fuzz/corpus/$target.txt
    driver=$here/tests/fuzz/fuzz_${target}_corpus
    fuzzer=$here/tests/fuzz/fuzz_$target
    work=$here/work/$target
    mkdir -p "$work"
    [ ! -f "$kept" ] || "$driver" --unpack "$kept" "$work"
    dictionary=$root/tests/fuzz/dictionaries/$target.txt
    options=(-max_len=4096 -timeout=10 -rss_limit_mb=2048 "-artifact_prefix=$here/failed/$target-")
    [ ! -f "$dictionary" ] || options+=("-dict=$dictionary")
    say "fuzzing $target for $seconds s"
    if ! "$fuzzer" "${options[@]}" -max_total_time="$seconds" -print_final_stats=1 "$work" >"$here/$target.log" 2>&1; then
        grep -m 5 -E 'ERROR|SUMMARY|broken invariant|runtime error|artifact' "$here/$target.log" >&2
        say "FAILED: $target; the whole output is in build/fuzz/$target.log"
        failed=1
        continue
    fi
    grep -E 'cov:|number_of_executed_units|slowest_unit|peak_rss' "$here/$target.log" | tail -n 4
    # The smallest set of short inputs that reaches as much.
    rm -rf "$here/merged/$target"
    mkdir -p "$here/merged/$target"
    "$fuzzer" "${options[@]}" -max_len=1000 -merge=1 "$here/merged/$target" "$work" >"$here/$target.merge.log" 2>&1 || failed=1
    "$driver" --pack "$kept" "$here/merged/$target" || failed=1
    say "$(wc -l <"$kept") inputs kept for $target"
done
exit $failed
