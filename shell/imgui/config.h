#pragma once
// How Dear ImGui is compiled for Countersign (IMGUI_USER_CONFIG): the item hooks on, everything the desk does not use
// off, 32-bit indices (WebGL 2 has no vertex offset), and arithmetic that gives the same bits on every platform.

#include "shell/imgui/arithmetic.h"

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_ENABLE_TEST_ENGINE
#define IMGUI_USE_WCHAR32
#define ImDrawIdx unsigned int

// rsqrtss differs between processors and does not exist in wasm.
#define IMGUI_DISABLE_SSE

// A broken invariant stops the process in release builds too, as CS_CHECK does.
#define IM_ASSERT(_EXPR) ((_EXPR) ? static_cast<void>(0) : ::countersign::shell::imgui_broken(__LINE__))

#define IMGUI_DISABLE_DEFAULT_MATH_FUNCTIONS
#define ImFabs(X) ::countersign::shell::arithmetic::absolute(X)
#define ImSqrt(X) ::countersign::shell::arithmetic::square_root(X)
#define ImFmod(X, Y) ::countersign::shell::arithmetic::remainder((X), (Y))
#define ImCos(X) ::countersign::shell::arithmetic::cosine(X)
#define ImSin(X) ::countersign::shell::arithmetic::sine(X)
#define ImAcos(X) ::countersign::shell::arithmetic::arc_cosine(X)
#define ImAtan2(Y, X) ::countersign::shell::arithmetic::arc_tangent((Y), (X))
#define ImAtof(STR) ::countersign::shell::arithmetic::number(STR)
#define ImCeil(X) ::countersign::shell::arithmetic::round_up(X)
#define ImPow(X, Y) ::countersign::shell::arithmetic::power((X), (Y))
#define ImLog(X) ::countersign::shell::arithmetic::logarithm(X)
#define ImAbs(X) ::countersign::shell::arithmetic::absolute(X)
#define ImSign(X) ::countersign::shell::arithmetic::sign(X)
#define ImRsqrt(X) (1 / ::countersign::shell::arithmetic::square_root(X))
