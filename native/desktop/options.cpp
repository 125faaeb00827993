#include "native/desktop/options.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <CLI/CLI.hpp>

#include "native/server/serve.h"

namespace countersign::desktop {

namespace {

constexpr const char* kFooter =
    "Keys: the desk shows its own with '?'. Alt+Left and Alt+Right go back and forward, Ctrl+Q closes the window.\n"
    "Exit status: 0 done; 2 the command is wrong; 3 a right or a sign-in is missing; 4 the state forbids it; 5 the "
    "network, the display or a limit, or somebody else holds the store; 6 stored data is damaged; 70 a bug; 74 the "
    "disk "
    "refused a call.";

// What CLI11 fills in as text, to be read once all is there.
struct Words {
    std::string renderer = "auto";
    std::string appearance = "system";
    std::string size = "1280x800";
};

const std::map<std::string, RendererChoice, std::less<>> kRenderers = {
    {"auto", RendererChoice::automatic}, {"gl", RendererChoice::gl}, {"cpu", RendererChoice::cpu}};
const std::map<std::string, AppearanceChoice, std::less<>> kAppearances = {
    {"system", AppearanceChoice::system}, {"light", AppearanceChoice::light}, {"dark", AppearanceChoice::dark}};

void add_where(CLI::App& app, Options& options) {
    auto* server = app.add_option("--server", options.server, "A server, like http://127.0.0.1:8080")->type_name("URL");
    app.add_option("--data", options.data,
                   "Instead: a data folder on this machine, without any server. When a server runs on the folder, the "
                   "desk goes through it")
        ->type_name("DIR")
        ->excludes(server);
    app.add_option("--account", options.account, "With --data: in whose name decisions are made; your login name")
        ->type_name("NAME");
    app.add_flag("--demo", options.demo, "Sign in as 'demo' without a password; a server must be a demo itself");
    app.add_option("--store", options.store, "File of the desk's own store; made when it is not there")
        ->type_name("FILE");
    app.add_option("--location", options.location,
                   "Where to begin, like /p/city-service/queue; where the desk was when it was closed")
        ->type_name("PLACE");
}

void add_how(CLI::App& app, Options& options, Words& words) {
    app.add_option("--renderer", words.renderer,
                   "auto, gl (graphics card) or cpu; auto takes the card where there is one")
        ->check([](const std::string& name) {
            return kRenderers.contains(name) ? std::string() : "'" + name + "' is not one of auto, gl, cpu";
        })
        ->type_name("NAME");
    app.add_option("--appearance", words.appearance, "system, light or dark")
        ->check([](const std::string& name) {
            return kAppearances.contains(name) ? std::string() : "'" + name + "' is not one of system, light, dark";
        })
        ->type_name("NAME");
    app.add_option("--size", words.size, "Size of the window's inside, like 1280x800")->type_name("SIZE");
    app.add_option("--scale", options.scale, "Device pixels per pixel, from 0.5 to 4; the screen's own")
        ->check([](const std::string& text) {
            return CLI::Range(0.5, 4.0)(text).empty() ? std::string() : "'" + text + "' is not from 0.5 to 4";
        })
        ->type_name("FACTOR");
    app.add_option("--screenshot", options.screenshot,
                   "No window: draw until nothing moves, write a PNG file (over one that is there), end")
        ->type_name("FILE");
    app.add_flag("--print-semantics", options.print_semantics,
                 "Print what stands on the screen as a screen reader would get it, whenever the desk has come to rest");
}

bool read_size(const std::string& text, Options& options) {
    constexpr int kLeast = 200;
    constexpr int kMost = 8'000;
    const size_t x = std::min(text.find('x'), text.size());
    const auto read = [](std::string_view digits, int& out) {
        const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        return code == std::errc{} && end == digits.data() + digits.size() && out >= kLeast && out <= kMost;
    };
    const std::string_view both = text;
    return read(both.substr(0, x), options.width) && read(both.substr(std::min(x + 1, both.size())), options.height);
}

// What concerns more than one option; throws as CLI11 does.
void check_whole(Options& options, const Words& words) {
    if (options.server.empty() && options.data.empty()) {
        throw CLI::RequiredError(
            "where the work is: --server http://127.0.0.1:8080 for a server, or --data DIR for a folder on this "
            "machine",
            CLI::ExitCodes::RequiredError);
    }
    if (!options.account.empty() && options.data.empty()) {
        throw CLI::ValidationError("--account", "goes with --data; a server asks who you are itself");
    }
    if (!read_size(words.size, options)) {
        throw CLI::ValidationError("--size", "'" + words.size + "' is not like 1280x800, each from 200 to 8000");
    }
}

}  // namespace

std::optional<Options> read_options(int argc, char** argv, int& status) {
    Options options;
    Words words;
    CLI::App app("The Countersign desk in a window: review what models predicted, with or without a network.");
    app.name("countersign-desk");
    app.footer(kFooter);
    app.get_formatter()->column_width(28);
    app.set_version_flag("--version", "countersign-desk " + native::version_text());
    add_where(app, options);
    add_how(app, options, words);
    try {
        app.parse(argc, argv);
        check_whole(options, words);
    } catch (const CLI::ParseError& problem) {
        // Help and version print themselves with status 0; everything else is a mistake in the command.
        status = app.exit(problem) == 0 ? 0 : 2;
        return std::nullopt;
    }
    options.renderer = kRenderers.at(words.renderer);
    options.appearance = kAppearances.at(words.appearance);
    return options;
}

}  // namespace countersign::desktop
