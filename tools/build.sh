# Configuring and building a preset, with progress. Sourced by run and test; expects root (the clone).

. "$root/tools/setup/say.sh"
. "$root/.toolchain/env.sh"
# Clones on one machine share compilations.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    mkdir -p "$root/build"
    # Two builds of one folder at the same time spoil each other's links: the second waits.
    if command -v flock >/dev/null; then
        exec 9>"$root/build/$preset.lock"
        flock -n 9 || { say "waiting for another build of $preset in this folder"; flock 9; }
    fi
    if ! cmake --preset "$preset" >"$root/build/$preset.configure.log" 2>&1; then
        cat "$root/build/$preset.configure.log" >&2
        return 1
    fi
    printf 'building %s\n' "$preset" >&2
    local targets=()
    [ $# = 0 ] || targets=(--target "$@")
    NINJA_STATUS='  [%f/%t, %e s] ' cmake --build --preset "$preset" "${targets[@]}" >"$root/build/$preset.log" 2>&1 &
    local pid=$!
    if [ -t 2 ]; then
        while kill -0 $pid 2>/dev/null; do
            printf '\r\033[K%s' "$(tail -n 1 "$root/build/$preset.log" | cut -c1-100)" >&2
            sleep 0.5
        done
        printf '\r\033[K' >&2
    fi
    if ! wait $pid; then
        grep -E -A12 'error|FAILED|undefined' "$root/build/$preset.log" | head -n 80 >&2
        printf 'countersign: building %s failed; the whole output is in build/%s.log\n' "$preset" "$preset" >&2
        exec 9>&-
        return 1
    fi
    exec 9>&-
}
