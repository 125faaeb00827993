# Debian's packages and signed source archives. Sourced, never run.
# No mirror is named here: the machine's own is used, and apt checks every index against Debian's keys.

installed() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "these Debian packages are missing, and this is not root: ${missing[*]}" \
            "As root: apt-get install --no-install-recommends ${missing[*]}" "Then start again."
    fi
}

# need PACKAGE... : installs what is not there yet. 'a|b' takes the first that the archive has.
need() {
    local wanted p
    missing=()
    for wanted in "$@"; do
        p=$(first_known "$wanted")
        installed "$p" || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "      installing ${missing[*]}"
    quietly "$logs/apt.log" as_root apt-get -q update
    quietly "$logs/apt.log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=600 install --no-install-recommends "${missing[@]}"
}

first_known() { # a|b|c
    local p
    for p in ${1//|/ }; do
        if installed "$p"; then echo "$p"; return; fi
    done
    for p in ${1//|/ }; do
        if apt-cache show --no-all-versions "$p" >/dev/null 2>&1; then echo "$p"; return; fi
    done
    echo "${1%%|*}"
}

debian_mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1
}

# suite_lists SUITE TYPES : a private apt over one suite in $apt_options; the system's own apt is untouched.
# A suite's index may be past its Valid-Until on a mirror that is behind: signatures are still checked.
suite_lists() {
    local suite=$1 types=$2 dir=$work/apt-$1 type mirror key
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || { quietly "$logs/apt.log" as_root apt-get -q update; mirror=$(debian_mirror); }
    [ -n "$mirror" ] || fail "apt knows no Debian mirror." "Check /etc/apt/sources.list.d, then start again."
    key=$(dpkg -L debian-archive-keyring | grep '/debian-archive-keyring\.\(gpg\|pgp\)$' | head -n 1)
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    : >"$dir/sources.list"
    for type in $types; do echo "$type [signed-by=$key] $mirror $suite main" >>"$dir/sources.list"; done
    apt_options=(-q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::State::lists="$dir/lists" -o Dir::Cache="$dir/cache" -o Acquire::Languages=none
        -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false)
    [ -f "$dir/updated" ] || quietly "$logs/apt-$suite.log" apt-get "${apt_options[@]}" update
    touch "$dir/updated"
}

candidate() { apt-cache "${apt_options[@]}" show --no-all-versions "$1" 2>/dev/null | sed -n 's/^Version: //p'; }

# upstream_tarball SOURCE-PACKAGE : prints "URI FILE SHA256" of the newest orig tarball in the listed suite.
# The .dsc is not needed (some mirrors lack it): the hash comes from the signed index.
upstream_tarball() {
    apt-get "${apt_options[@]}" source --print-uris "$1" 2>/dev/null |
        sed -n "s/^'\([^']*\)' \([^ ]*\.orig\.tar\.[a-z0-9]*\) [0-9]* SHA256:\([0-9a-f]*\)\$/\1 \2 \3/p" | head -n 1
}
