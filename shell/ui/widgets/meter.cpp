#include "shell/ui/widgets/meter.h"

#include "core/base/concat.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {
namespace {

float share_of(float length, int64_t part, int64_t total) {
    if (total <= 0) {
        return 0;
    }
    const double share = std::clamp(static_cast<double>(part) / static_cast<double>(total), 0.0, 1.0);
    return whole(static_cast<float>(static_cast<double>(length) * share));
}

constexpr int64_t kWhole_ppm = 1'000'000;

}  // namespace

void meter(Ui& ui, const Rect& rect, const MeterSpec& spec) {
    const Theme& t = ui.theme;
    const float thick = t.size.bar;
    const Rect bar{rect.x, rect.y + whole((rect.h - thick) / 2), rect.w, thick};
    fill(ui, bar, t.palette->track, thick / 2);
    const float filled = std::max(share_of(bar.w, spec.value_ppm, kWhole_ppm), spec.value_ppm > 0 ? thick : 0.0F);
    fill(ui, {bar.x, bar.y, filled, thick}, t.ink(ink_of(spec.tone)), thick / 2);
    if (spec.threshold_ppm >= 0) {
        const float width = t.px(2);
        const float at = bar.x + share_of(bar.w - width, spec.threshold_ppm, kWhole_ppm);
        const float tall = thick + 2 * t.px(3);
        const Rect mark{at, bar.y - t.px(3), width, tall};
        fill(ui, mark.inset(-t.size.hairline, 0), t.ground(Ground::surface));
        fill(ui, mark, t.palette->mark);
    }
    ui.items.add({.role = Role::progressbar, .name = spec.name, .value = spec.words}, area_of(rect));
}

void progress_bar(Ui& ui, const Rect& rect, std::string_view name, int64_t done, int64_t total) {
    const Theme& t = ui.theme;
    const float thick = std::min(rect.h, t.size.bar);
    const Rect bar{rect.x, rect.y + whole((rect.h - thick) / 2), rect.w, thick};
    fill(ui, bar, t.palette->track, thick / 2);
    fill(ui, {bar.x, bar.y, share_of(bar.w, done, total), thick}, t.ink(Ink::accent), thick / 2);
    const std::string words = concat(done, " / ", total);
    ui.items.add({.role = Role::progressbar, .name = name, .value = words}, area_of(rect));
}

void busy_line(Ui& ui, const Rect& rect, std::string_view words) {
    const Theme& t = ui.theme;
    Rect rest = rect;
    draw_icon(ui, rest.cut_left(t.size.icon), Icon::loader, t.ink(Ink::faint), t.size.icon);
    rest.cut_left(t.space.s);
    ui.items.add({.role = Role::status, .name = words}, area_of(rect));
    draw_text(ui, rest, words, t.type.body, t.ink(Ink::muted));
}

}  // namespace countersign::shell
