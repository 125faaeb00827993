# npm packages by the lock file's hashes: fonts and build tools always, test tools as well (they are small).
# Sourced, never run. Nothing in them runs a script at install time.

set_up_node() {
    local stamp=$root/node_modules/.countersign want
    want=$(hash_of "$root/package-lock.json")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then return; fi
    (cd "$root" && quietly "$logs/npm.log" npm ci --ignore-scripts --no-audit --no-fund)
    echo "$want" >"$stamp"
}
