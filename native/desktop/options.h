#pragma once
// The command line of countersign-desk.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/ids.h"

namespace countersign::desktop {

enum class RendererChoice : uint8_t { automatic, gl, cpu };
enum class AppearanceChoice : uint8_t { system, light, dark };

struct Options {
    std::string server;  // one of these two
    std::filesystem::path data;
    std::string account;  // with a folder; empty: the login name
    bool demo = false;
    std::filesystem::path store;  // empty: where the link says
    std::string location;         // empty: where the desk was
    RendererChoice renderer = RendererChoice::automatic;
    AppearanceChoice appearance = AppearanceChoice::system;
    int width = 1280;  // of the window's inside, in CSS pixels
    int height = 800;
    float scale = 0;                   // device pixels per CSS pixel; 0: the screen's
    std::filesystem::path screenshot;  // empty: open a window
    bool print_semantics = false;
};

// Nothing when the program has to end, with `status`: help was asked for, or the command line is wrong.
std::optional<Options> read_options(int argc, char** argv, int& status);

}  // namespace countersign::desktop
