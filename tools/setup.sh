#!/usr/bin/env bash
# Makes this machine able to build Countersign: packages, web compiler, third-party source, npm packages.
# Idempotent and resumable; a second run takes a moment. On Debian it installs; elsewhere it checks and says what is missing.
# Usage: tools/setup.sh [--for-tests]
# Leaves .toolchain/{env.sh,sources,emscripten} in the clone (git-ignored links into a shared prefix).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/setup/say.sh"
. "$root/tools/setup/pins.sh"
. "$root/tools/setup/debian.sh"
. "$root/tools/setup/sources.sh"
. "$root/tools/setup/emscripten.sh"
. "$root/tools/setup/elsewhere.sh"
. "$root/tools/setup/node.sh"

for_tests=no
[ "${1:-}" != --for-tests ] || for_tests=yes

# GLFW and GL are for countersign-desk alone; where GLFW is missing, CMake says so and builds the rest. Where libssl-dev is
# missing, libsodium hashes.
build_packages=(clang-"$CLANG_VERSION" libc++-"$CLANG_VERSION"-dev libc++abi-"$CLANG_VERSION"-dev cmake ninja-build ccache
    python3 make gcc libc6-dev xz-utils ca-certificates 'libboost1.81-dev|libboost-dev' zlib1g-dev libglfw3-dev libgl-dev libssl-dev)
test_packages=(clang-format-"$CLANG_VERSION" clang-tidy-"$CLANG_VERSION" libclang-rt-"$CLANG_VERSION"-dev
    chromium xvfb xauth libxtst6 libgl1-mesa-dri curl git)

link_results() {
    mkdir -p "$root/.toolchain"
    ln -sfn "$sources_prefix" "$root/.toolchain/sources"
    ln -sfn "$emscripten_prefix/emscripten" "$root/.toolchain/emscripten"
    {
        cat "$emscripten_prefix/env.sh"
        # The interpreter itself: where a version manager stands in its place, each start costs the compiler half a second.
        printf 'export EMSDK_PYTHON="%s"\n' "$(python3 -c 'import sys; print(sys.executable)')"
        printf 'export CC=clang-%s CXX=clang++-%s\n' "$CLANG_VERSION" "$CLANG_VERSION"
    } >"$root/.toolchain/env.sh"
}

set_up_debian() {
    # One set-up at a time on a machine: clones share the prefix.
    exec 9>"$toolchains/lock"
    flock -n 9 || { say "      another set-up is running; waiting for it"; flock 9; }
    if [ -f "$emscripten_prefix/done" ]; then plan 40 15 20; else plan 40 15 25 75 20; fi
    step "Debian packages"
    local packages=("${build_packages[@]}")
    command -v node >/dev/null || packages+=(nodejs npm)
    [ $for_tests = no ] || packages+=("${test_packages[@]}")
    need "${packages[@]}"
    step "third-party source"
    [ -f "$sources_prefix/done" ] || set_up_sources
    if [ ! -f "$emscripten_prefix/done" ]; then
        step "web compiler (Emscripten $EMSCRIPTEN_VERSION)"
        set_up_emscripten
    fi
    step "fonts and web tools from npm"
    set_up_node
    link_results
}

if command -v apt-get >/dev/null && command -v dpkg >/dev/null; then
    set_up_debian
else
    set_up_elsewhere
fi
