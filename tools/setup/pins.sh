# Reads emsdk.env and deps.lock and names the places everything is put. Sourced, never run.
# Expects: root (the clone).

. "$root/emsdk.env"
toolchains=${COUNTERSIGN_TOOLCHAINS:-${XDG_CACHE_HOME:-$HOME/.cache}/countersign}
logs=$toolchains/logs
mkdir -p "$toolchains" "$logs" 2>/dev/null ||
    fail "'$toolchains' cannot be written." "Set COUNTERSIGN_TOOLCHAINS to a folder that you may write, with 3 GB free."

# A prefix is named by a hash of what it is made from: clones on one machine share it, and a changed pin makes a new one.
hash_of() { cat "$@" | sha256sum | cut -c1-12; }
emscripten_prefix=$toolchains/emscripten-$(hash_of "$root/emsdk.env" "$root/tools/setup/emscripten.sh")
sources_prefix=$toolchains/sources-$(hash_of "$root/deps.lock" "$root/tools/setup/sources.sh")

lock_field() { # NAME FIELD-NUMBER of the main table
    awk -v n="$1" -v f="$2" '$1 == n { print $f; exit }' "$root/deps.lock"
}

# version_at_least HAVE WANT
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
