#!/usr/bin/env bash
# clang-tidy (.clang-tidy) over our C++, warnings as errors. Not in ./test: over all it takes some half an hour.
# Usage: tools/tidy.sh             what differs from the branch main, or was changed by its last commit
#        tools/tidy.sh --all       everything
#        tools/tidy.sh FILE...     these sources
# Ends with status 1 when there is something to mend.
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1:-} in
--help | -h)
    sed -n '2,6s/^# //p' "$0"
    exit 0
    ;;
esac
. ./emsdk.env
tool=$(command -v "clang-tidy-$CLANG_VERSION" || command -v clang-tidy) ||
    { echo "tidy: clang-tidy-$CLANG_VERSION is missing; tools/setup.sh --for-tests installs it" >&2; exit 1; }
# The preset that compiles each source by itself; it is only configured.
. ./.toolchain/env.sh
cmake --preset debug >/dev/null || { echo "tidy: cmake --preset debug failed; tools/setup.sh --for-tests may help" >&2; exit 1; }

sources() {
    case ${1:-} in
    --all) git ls-files '*.cpp' ;;
    '')
        base=$(git merge-base HEAD main)
        [ "$base" != "$(git rev-parse HEAD)" ] || base=HEAD~1
        git diff --name-only --diff-filter=d "$base" -- '*.cpp'
        git ls-files --others --exclude-standard -- '*.cpp'
        ;;
    *) printf '%s\n' "$@" ;;
    esac
}

# Only what that preset knows: sources of the web alone have no command there.
known=$(sed -n 's/^ *"file": "\(.*\)",*$/\1/p' build/debug/compile_commands.json)
sources "$@" | sort -u | while read -r file; do grep -qxF "$PWD/$file" <<<"$known" && echo "$file"; done |
    xargs -r -P "$(getconf _NPROCESSORS_ONLN)" -n 4 "$tool" -p build/debug --quiet
