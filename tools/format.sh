#!/usr/bin/env bash
# Formats our C++ in place, or with --check lists what is not formatted. Third-party source is never touched.
set -euo pipefail
cd "$(dirname "$0")/.."
. ./emsdk.env
tool=$(command -v "clang-format-$CLANG_VERSION" || command -v clang-format) ||
    { echo "format: clang-format-$CLANG_VERSION is missing; tools/setup.sh --for-tests installs it" >&2; exit 1; }
mode=(-i)
[ "${1:-}" != --check ] || mode=(--dry-run --Werror)
git ls-files --cached --others --exclude-standard '*.h' '*.cpp' | while read -r f; do [ ! -f "$f" ] || echo "$f"; done | xargs -r -P 2 -n 40 "$tool" "${mode[@]}"
