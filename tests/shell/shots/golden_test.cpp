// Golden images: the fingerprint of every screen in four appearances and sizes, approved once for the native and the
// wasm build. What changed is looked at with countersign-shots before it is approved anew.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "shell/views/desk_view.h"
#include "tests/shell/headless/headless.h"
#include "tests/shell/shots/scenes.h"
#include "tests/support/approval.h"

namespace {

using namespace countersign;
using namespace countersign::shell;

struct Variant {
    const char* name;
    Appearance appearance;
    tests::Screen screen;
};

constexpr std::array<Variant, 4> kVariants{{
    {"light 1440x900", Appearance::light, {1440, 900, 1}},
    {"dark 1024x768 at 1.5", Appearance::dark, {1024, 768, 1.5F}},
    {"light 390x844 at 2", Appearance::light, {390, 844, 2}},
    {"dark with more contrast 1024x768", Appearance::dark_more_contrast, {1024, 768, 1}},
}};

TEST_CASE("every screen looks as it was approved, pixel for pixel, natively and in wasm") {
    std::string list;
    for (const tests::Scene& scene : tests::all_scenes()) {
        for (const Variant& variant : kVariants) {
            Intents intents;
            tests::Headless desk(
                [&](Ui& ui) {
                    intents.clear();
                    draw_desk(ui, scene.model, intents);
                    return false;
                },
                variant.screen);
            desk.loop.choose_appearance(variant.appearance);
            desk.settle();
            list += concat(tests::fingerprint(desk.picture.rgba.data(), desk.picture.rgba.size()), "  ", scene.name,
                           ", ", variant.name, "\n");
        }
    }
    const std::string difference = tests::differs_from_approved("shots.txt", list);
    INFO(difference);
    CHECK(difference.empty());
}

}  // namespace
