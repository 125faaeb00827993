# Lays third-party source out under $sources_prefix/NAME, checked against deps.lock. Sourced, never run.
# Order for each: the pinned tarball; else the lock's second source; else the suite's current signed version
# at or above the minimum, said aloud.

debian_name() { case $1 in json) echo nlohmann-json3 ;; *) echo "$1" ;; esac }

check_hash() { # SHA256 FILE
    printf '%s  %s\n' "$1" "$2" | sha256sum -c --quiet >/dev/null 2>&1
}

fetch_tarball() { # NAME -> $tarball; fails when there is neither the pin nor anything new enough
    local name=$1 suite want uri file sha version
    suite=$(lock_field "$name" 3) want=$(lock_field "$name" 5)
    suite_lists "$suite" deb-src
    read -r uri file sha < <(upstream_tarball "$(debian_name "$name")") || true
    [ -n "${uri:-}" ] || return 1
    tarball=$work/$file
    version=${file#*_} version=${version%%.orig*} version=${version%%+*}
    [ "$sha" = "$want" ] || version_at_least "$version" "$(lock_field "$name" 4)" || return 1
    quietly "$logs/download-$name.log" /usr/lib/apt/apt-helper -o APT::Sandbox::User=root \
        download-file "$uri" "$tarball" "SHA256:$sha"
    [ "$sha" = "$want" ] && return 0
    # A newer version is taken only when the lock names no second source.
    grep -q "^second  *$name " "$root/deps.lock" && return 1
    say "      $name: the pinned $(lock_field "$name" 2) has left $suite; using its current $version (signed by Debian, not pinned here)"
}

fetch_second_source() { # NAME : files from a pinned npm package
    local name=$1 kind n package path sha found=1
    while read -r kind n package path sha; do
        [ "$kind" = second ] && [ "$n" = "$name" ] || continue
        found=0
        if [ ! -d "$work/npm/$package" ]; then
            mkdir -p "$work/npm/$package"
            (cd "$work/npm/$package" && quietly "$logs/npm-pack.log" npm pack --silent "$package" && tar xzf ./*.tgz)
        fi
        check_hash "$sha" "$work/npm/$package/package/$path" ||
            fail "$package: $path has another hash than deps.lock says." "The package was changed: do not use it; raise the pin after a look at it."
        mkdir -p "$sources_prefix/$name"
        cp "$work/npm/$package/package/$path" "$sources_prefix/$name/"
    done <"$root/deps.lock"
    [ $found = 0 ] && say "      $name: the pinned tarball is gone; using its second source from npm"
    return $found
}

# A source that is an npm package: the folder in it, once the tarball's hash is right.
fetch_package() { # NAME
    local name=$1 package folder sha dir
    read -r package folder sha < <(awk -v n="$name" '$1 == "package" && $2 == n { print $3, $4, $5 }' "$root/deps.lock")
    dir=$work/npm/$name
    rm -rf "$dir" "${sources_prefix:?}/$name"
    mkdir -p "$dir"
    (cd "$dir" && quietly "$logs/npm-pack.log" npm pack --silent "$package")
    check_hash "$sha" "$dir"/*.tgz ||
        fail "the npm package $package has another hash than deps.lock says." "Do not use it; raise the pin after a look at it."
    tar xzf "$dir"/*.tgz -C "$dir"
    mv "$dir/package/$folder" "$sources_prefix/$name"
}

unpack() { # NAME STRIP [TAR-ARGUMENTS...] : replaces what an interrupted start left
    local name=$1 strip=$2
    shift 2
    rm -rf "${sources_prefix:?}/$name"
    mkdir -p "$sources_prefix/$name"
    tar xf "$tarball" -C "$sources_prefix/$name" --strip-components="$strip" "$@"
}

lay_out_sqlite() {
    local kind name file sha
    rm -rf "$work/sqlite"
    mkdir -p "$work/sqlite" "$sources_prefix/sqlite3"
    tar xf "$tarball" -C "$work/sqlite" --strip-components=1
    (cd "$work/sqlite" && quietly "$logs/sqlite.log" ./configure --disable-tcl && quietly "$logs/sqlite.log" make sqlite3.c)
    cp "$work/sqlite/sqlite3.c" "$work/sqlite/sqlite3.h" "$sources_prefix/sqlite3/"
    while read -r kind name file sha; do
        [ "$kind" = result ] || continue
        check_hash "$sha" "$sources_prefix/$name/$file" ||
            fail "the $file built from Debian's source is not the pinned one." "Delete $sources_prefix and start again; if it stays so, the pin in deps.lock must be raised."
    done <"$root/deps.lock"
}

lay_out() { # NAME
    case $1 in
    imgui | libsodium | cli11) unpack "$1" 1 ;;
    json) unpack json 2 --wildcards '*/single_include/nlohmann/*' ;;
    catch2) unpack catch2 2 --wildcards '*/extras/catch_amalgamated.*' ;;
    sqlite3) lay_out_sqlite ;;
    esac
}

set_up_sources() {
    local name
    work=$sources_prefix.work
    mkdir -p "$sources_prefix" "$work"
    for name in imgui sqlite3 catch2 json cli11 libsodium re2; do
        [ ! -f "$sources_prefix/$name.done" ] || continue
        if grep -q "^package  *$name " "$root/deps.lock"; then
            fetch_package "$name"
        elif fetch_tarball "$name"; then
            lay_out "$name"
        else
            fetch_second_source "$name" ||
                fail "$name: the mirror has neither the pinned $(lock_field "$name" 2) nor anything from $(lock_field "$name" 4) on." \
                    "Raise the pin in deps.lock, or set up on a system with emsdk, where upstream's archives are used."
        fi
        touch "$sources_prefix/$name.done"
    done
    rm -rf "$work"
    touch "$sources_prefix/done"
}
