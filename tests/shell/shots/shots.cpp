// countersign-shots: renders every screen through the CPU rasteriser into PNG files, without a window.
//   countersign-shots FOLDER [--only WORD] [--quick]
// Files are named screen-appearance-width-scale.png. --quick: light and dark at 1440 only.

#include <cstdio>
#include <cstring>

#include "core/base/concat.h"
#include "shell/render/png.h"
#include "shell/views/desk_view.h"
#include "tests/shell/headless/headless.h"
#include "tests/shell/shots/scenes.h"
#include "tests/support/write_file.h"

namespace {

using namespace countersign;
using namespace countersign::shell;

struct Variant {
    const char* appearance;
    Appearance which;
    tests::Screen screen;
};

const std::vector<Variant>& variants() {
    static const std::vector<Variant> all{
        {"light", Appearance::light, {1440, 900, 1}},
        {"dark", Appearance::dark, {1440, 900, 1}},
        {"light", Appearance::light, {1024, 768, 1}},
        {"light", Appearance::light, {390, 844, 2}},
        {"dark", Appearance::dark, {390, 844, 2}},
        {"dark", Appearance::dark, {1024, 768, 2}},
        {"contrast", Appearance::light_more_contrast, {1440, 900, 1}},
        {"dark-contrast", Appearance::dark_more_contrast, {1024, 768, 1}},
        {"light", Appearance::light, {1440, 900, 2}},
        {"light", Appearance::light, {1280, 800, 1.25F}},
        {"pseudo", Appearance::light, {1024, 768, 1, true}},
        {"pseudo", Appearance::light, {390, 844, 1, true}},
    };
    return all;
}

bool shoot(const tests::Scene& scene, const Variant& variant, const std::string& folder) {
    Intents intents;
    tests::Headless desk(
        [&](Ui& ui) {
            intents.clear();
            draw_desk(ui, scene.model, intents);
            return false;
        },
        variant.screen);
    desk.loop.choose_appearance(variant.which);
    desk.settle();
    const std::string path =
        concat(folder, "/", scene.name, "-", variant.appearance, "-", static_cast<int>(variant.screen.width), "-",
               static_cast<int>(variant.screen.scale * 100), ".png");
    for (const std::string& fault : desk.loop.items().faults()) {
        std::printf("%s: %s\n", path.c_str(), fault.c_str());
    }
    return tests::write_file(path, shell::png(desk.picture.rgba.data(), desk.picture.width, desk.picture.height));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') {
        std::fprintf(stderr, "usage: countersign-shots FOLDER [--only WORD] [--quick]\n");
        return 2;
    }
    const char* only = "";
    bool quick = false;
    for (int i = 2; i < argc; i++) {
        quick = quick || std::strcmp(argv[i], "--quick") == 0;
        if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            only = argv[i + 1];
        }
    }
    for (const tests::Scene& scene : tests::all_scenes()) {
        if (scene.name.find(only) == std::string::npos) {
            continue;
        }
        for (size_t i = 0; i < variants().size() && (!quick || i < 2); i++) {
            if (!shoot(scene, variants()[i], argv[1])) {
                std::fprintf(stderr, "countersign-shots: cannot write into %s\n", argv[1]);
                return 1;
            }
        }
    }
    return 0;
}
