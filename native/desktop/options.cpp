#include "native/desktop/options.h"

#include <map>

#include <CLI/CLI.hpp>

#include "native/server/serve.h"

namespace countersign::desktop {

namespace {

constexpr const char* kFooter =
    "Keys: the desk shows its own with '?'. Alt+Left and Alt+Right go back and forward, Ctrl+Q closes the window.\n"
    "Exit status: 0 done; 2 the command is wrong; 3 a right or a sign-in is missing; 4 the state forbids it; 5 the "
    "disk, "
    "the network, the display or a limit, or somebody else holds the store; 6 stored data is damaged; 70 a bug.";

const std::map<std::string, RendererChoice> kRenderers = {
    {"auto", RendererChoice::automatic}, {"gl", RendererChoice::gl}, {"cpu", RendererChoice::cpu}};
const std::map<std::string, AppearanceChoice> kAppearances = {
    {"system", AppearanceChoice::system}, {"light", AppearanceChoice::light}, {"dark", AppearanceChoice::dark}};

void add_where(CLI::App& app, Options& options) {
    auto* where = app.add_option_group("Where the work is (one of them)");
    where->add_option("--server", options.server, "A server, like http://127.0.0.1:8080")
        ->envname("COUNTERSIGN_SERVER");
    where->add_option("--data", options.data,
                      "A data folder on this machine: review without any server. When a server runs on the folder, the "
                      "desk goes through it");
    where->require_option(1);
    app.add_option("--account", options.account, "With --data: in whose name decisions are made; your login name");
    app.add_flag("--demo", options.demo, "Sign in as 'demo' without a password; a server must be a demo itself");
    app.add_option("--store", options.store, "File of the desk's own store; made when it is not there");
    app.add_option("--location", options.location,
                   "Where to begin, like /p/city-service/queue; where the desk was when it was closed");
}

void add_how(CLI::App& app, Options& options, std::string& size) {
    app.add_option("--renderer", options.renderer,
                   "auto, gl (graphics card) or cpu; auto takes the card when there is one")
        ->transform(CLI::CheckedTransformer(kRenderers))
        ->type_name("NAME");
    app.add_option("--appearance", options.appearance, "system, light or dark")
        ->transform(CLI::CheckedTransformer(kAppearances))
        ->type_name("NAME");
    app.add_option("--size", size, "Size of the window's inside, WIDTHxHEIGHT")->capture_default_str();
    app.add_option("--scale", options.scale, "Device pixels per pixel; the screen's own")
        ->check(CLI::Range(0.5, 4.0))
        ->type_name("0.5-4");
    app.add_option("--screenshot", options.screenshot,
                   "No window: draw until nothing moves, write a PNG file, end. Replaces the file");
    app.add_flag(
        "--print-semantics", options.print_semantics,
        "Print what stands on the screen as a screen reader would get it, each time the desk has come to rest");
}

bool read_size(const std::string& text, Options& options) {
    constexpr int kLeast = 200;
    constexpr int kMost = 8'000;
    char rest = 0;
    // NOLINTNEXTLINE(cert-err34-c): the range is checked below
    const int read = std::sscanf(text.c_str(), "%5dx%5d%c", &options.width, &options.height, &rest);
    const auto fits = [](int pixels) { return pixels >= kLeast && pixels <= kMost; };
    return read == 2 && fits(options.width) && fits(options.height);
}

}  // namespace

std::optional<Options> read_options(int argc, char** argv, int& status) {
    Options options;
    std::string size = "1280x800";
    CLI::App app("The Countersign desk in a window: review what models predicted, with or without a network.");
    app.name("countersign-desk");
    app.footer(kFooter);
    app.get_formatter()->column_width(28);
    app.set_version_flag("--version", "countersign-desk " + native::version_text());
    add_where(app, options);
    add_how(app, options, size);
    try {
        app.parse(argc, argv);
        if (!read_size(size, options)) {
            throw CLI::ValidationError("--size", "'" + size + "' is not of the form 1280x800, each from 200 to 8000");
        }
    } catch (const CLI::ParseError& problem) {
        // Help and version print themselves with status 0; everything else is a mistake in the command.
        status = app.exit(problem) == 0 ? 0 : 2;
        return std::nullopt;
    }
    return options;
}

}  // namespace countersign::desktop
