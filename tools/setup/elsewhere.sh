# Systems without apt: uses the Emscripten, CMake and compiler that are there, and says what is missing.
# Third-party source then comes through CMake's FetchContent, by the pins in deps.lock. Sourced, never run.

tool_version() { "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1; }

require_tool() { # TOOL MINIMUM HOW-TO-GET-IT
    local have
    command -v "$1" >/dev/null || fail "'$1' is not on the PATH." "$3"
    have=$(tool_version "$1")
    version_at_least "${have:-0}" "$2" || fail "'$1' is version ${have:-unknown}; at least $2 is needed." "$3"
}

set_up_elsewhere() {
    plan 1 20
    step "looking for a compiler, CMake and Emscripten"
    require_tool cmake "$CMAKE_MINIMUM" "Install CMake $CMAKE_MINIMUM or newer."
    require_tool ninja 1.10 "Install Ninja."
    require_tool node 18 "Install Node.js 20 or newer."
    require_tool python3 3.8 "Install Python 3 (Emscripten needs it)."
    require_tool emcc "$EMSCRIPTEN_MINIMUM" "With emsdk: emsdk install $EMSCRIPTEN_VERSION && emsdk activate $EMSCRIPTEN_VERSION, then source its emsdk_env.sh."
    command -v "${CXX:-c++}" >/dev/null || fail "there is no C++ compiler." "Install clang 17 or g++ 13, or newer."
    step "fonts and web tools from npm"
    set_up_node
    mkdir -p "$root/.toolchain"
    ln -sfn "$(dirname "$(command -v emcc)")" "$root/.toolchain/emscripten"
    : >"$root/.toolchain/env.sh"
}
