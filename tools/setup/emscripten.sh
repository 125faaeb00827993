# Emscripten from Debian's signed packages, in a prefix of its own beside clang from the machine's suite.
# Sourced, never run. Each odd line below was paid for; the reasons stand with it.

choose_emscripten() { # -> em_version em_llvm, $apt_options over the suite that has it
    em_version=$EMSCRIPTEN_VERSION em_llvm=$EMSCRIPTEN_LLVM
    suite_lists "$EMSCRIPTEN_SUITE" deb
    case $(candidate emscripten) in
    "$em_version"+*) ;;
    *)
        say "      emscripten: $EMSCRIPTEN_SUITE now has $(candidate emscripten), not the pinned $em_version; falling back to $FALLBACK_VERSION of $FALLBACK_SUITE"
        suite_lists "$FALLBACK_SUITE" deb
        em_version=$FALLBACK_VERSION em_llvm=$FALLBACK_LLVM
        case $(candidate emscripten) in
        "$em_version"+*) ;;
        *) fail "$FALLBACK_SUITE has emscripten $(candidate emscripten), not the pinned $FALLBACK_VERSION." "Raise the pins in emsdk.env, or install emsdk and put emcc on the PATH." ;;
        esac
        ;;
    esac
}

# Debian's binaryen of newer suites needs a newer glibc: it runs with its own loader and libraries.
lay_out_binaryen() {
    local libs tool lib
    libs=$(dirname "$(find "$work/x" -name libbinaryen.so | head -n 1)")
    mkdir -p "$emscripten_prefix/binaryen"/{bin,lib,libexec}
    for lib in ld-linux-x86-64.so.2 libc.so.6 libm.so.6 libgcc_s.so.1 libstdc++.so.6 libbinaryen.so; do
        cp -L "$libs/$lib" "$emscripten_prefix/binaryen/lib/"
    done
    for tool in wasm-opt wasm-as wasm-dis wasm-ctor-eval wasm-emscripten-finalize wasm-merge wasm-metadce wasm-split wasm2js; do
        cp "$work/x/usr/bin/$tool" "$emscripten_prefix/binaryen/libexec/"
        printf '%s\n' '#!/bin/sh' 'd=${0%/*}/..' \
            'exec "$d/lib/ld-linux-x86-64.so.2" --library-path "$d/lib" "$d/libexec/${0##*/}" "$@"' \
            >"$emscripten_prefix/binaryen/bin/$tool"
        chmod +x "$emscripten_prefix/binaryen/bin/$tool"
    done
}

# Upstream expects a newer LLVM; Debian's patch drops a flag that wasm-ld 22 needs to be told again.
patch_emscripten() {
    python3 - "$emscripten_prefix/emscripten/tools" "$em_llvm" <<'PY'
import pathlib, re, sys
tools, llvm = pathlib.Path(sys.argv[1]), sys.argv[2]
shared = tools / "shared.py"
text, n = re.subn(r"^EXPECTED_LLVM_VERSION = \d+$", f"EXPECTED_LLVM_VERSION = {llvm}", shared.read_text(), flags=re.M)
assert n == 1, "shared.py: EXPECTED_LLVM_VERSION not found"
shared.write_text(text)
building = tools / "building.py"
text = building.read_text()
anchor = "    cmd.append('--stack-first')\n"
if int(llvm) >= 22 and "no-stack-first" not in text:
    assert text.count(anchor) == 1, "building.py: --stack-first not found"
    building.write_text(text.replace(anchor, anchor + "  else:\n    cmd.append('--no-stack-first')\n"))
PY
}

write_emscripten_config() {
    local cache=$emscripten_prefix/cache frozen=False
    [ -d "$emscripten_prefix/emscripten/cache/sysroot" ] && cache=$emscripten_prefix/emscripten/cache frozen=True
    printf '%s\n' "LLVM_ROOT = '$(llvm-config-"$em_llvm" --bindir)'" "BINARYEN_ROOT = '$emscripten_prefix/binaryen'" \
        "NODE_JS = '$(command -v node)'" "CACHE = '$cache'" "FROZEN_CACHE = $frozen" \
        >"$emscripten_prefix/emscripten/.emscripten"
    printf 'export PATH="%s/emscripten:$PATH" EM_CONFIG="%s/emscripten/.emscripten" EM_COMPILER_WRAPPER="%s"\n' \
        "$emscripten_prefix" "$emscripten_prefix" "$(command -v ccache)" >"$emscripten_prefix/env.sh"
}

# One library variant only (wasm exceptions, no threads, no LTO): each further one costs a minute.
build_system_libraries() {
    printf '%s\n' '#include <iostream>' '#include <stdexcept>' \
        'int main(){try{throw std::runtime_error("ok");}catch(std::exception&e){std::cout<<e.what()<<std::endl;}}' >"$work/t.cpp"
    (
        . "$emscripten_prefix/env.sh"
        quietly "$logs/system-libraries.log" em++ -O2 -fwasm-exceptions -sMAX_WEBGL_VERSION=2 -lGL "$work/t.cpp" -o "$work/t.js"
        [ "$(node "$work/t.js")" = ok ] || fail "the web compiler builds programs that do not run." "Delete $emscripten_prefix and start again."
    )
}

set_up_emscripten() {
    local deb
    work=$emscripten_prefix.work
    rm -rf "$emscripten_prefix" "$work"
    mkdir -p "$emscripten_prefix" "$work/dl" "$work/x"
    choose_emscripten
    need clang-"$em_llvm" lld-"$em_llvm" llvm-"$em_llvm"
    (
        cd "$work/dl"
        quietly "$logs/download-emscripten.log" apt-get "${apt_options[@]}" download emscripten binaryen libc6 libstdc++6 libgcc-s1 node-acorn
    )
    for deb in "$work"/dl/*.deb; do dpkg-deb -x "$deb" "$work/x"; done
    mv "$work/x/usr/share/emscripten" "$emscripten_prefix/emscripten"
    mkdir -p "$emscripten_prefix/emscripten/node_modules"
    # The fallback's acorn has no acorn-import-phases, and needs none.
    cp -rL "$work"/x/usr/share/nodejs/acorn "$work"/x/usr/share/nodejs/acorn-* "$emscripten_prefix/emscripten/node_modules/"
    lay_out_binaryen
    patch_emscripten
    write_emscripten_config
    step "building the web compiler's system libraries"
    build_system_libraries
    rm -rf "$work"
    touch "$emscripten_prefix/done"
}
