#include "shell/session/describe.h"

#include <algorithm>
#include <array>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/routing/route.h"
#include "core/store/items.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

// The label colours of the theme (shell/ui/theme/palette.cpp), which colour-blind people tell apart: Okabe and Ito
// 2008.
constexpr std::array<uint32_t, 8> kLabelColours{0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442,
                                                0x0072b2, 0xd55e00, 0xcc79a7, 0x6b7280};

int64_t distance(uint32_t a, uint32_t b) {
    const auto part = [](uint32_t colour, int shift) { return static_cast<int64_t>((colour >> shift) & 0xffU); };
    int64_t sum = 0;
    for (const int shift : {0, 8, 16}) {
        const int64_t difference = part(a, shift) - part(b, shift);
        sum += difference * difference;
    }
    return sum;
}

// The nearest of the theme's colours: each theme shows it with enough contrast.
int colour_index(uint32_t wanted) {
    const auto nearest = std::min_element(kLabelColours.begin(), kLabelColours.end(), [&](uint32_t a, uint32_t b) {
        return distance(a, wanted) < distance(b, wanted);
    });
    return static_cast<int>(nearest - kLabelColours.begin());
}

// "received" of "metadata.received".
std::string_view last_part(std::string_view path) {
    const size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::string upper(std::string text) {
    for (char& c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

}  // namespace

Result<LoadedItem> load_item(const Workplace& work, const ItemId& id) {
    LoadedItem out;
    out.no = CS_TRY(store::find_item(work.database(), work.project, id));
    if (out.no == 0) {
        return fail(ErrorCode::not_found, concat("The item '", id.text, "' is not on this device."), "item");
    }
    out.state = CS_TRY(work.device.load(work.project, id, out.no));
    out.policy = CS_TRY(work.device.policies().get(work.database(), work.project, out.state.route().policy));
    if (out.state.erased) {
        return fail(ErrorCode::gone, work.texts(Text::item_erased, moment_words(*out.state.erased)), "item");
    }
    const CommittedText document = CS_TRY(store::read_document(work.database(), out.no));
    out.document = CS_TRY(parse_json(document.text));
    out.text = std::string(text_at(out.document, out.policy->interface.text));
    return out;
}

LabelModel label_model(const Policy& policy, const LabelId& id) {
    for (const LabelDef& def : policy.labels) {
        if (def.id == id) {
            const std::string letter =
                def.hotkey.empty() ? upper(def.name.substr(0, utf8::byte_offset(def.name, 1))) : upper(def.hotkey);
            return {def.id.text, def.name, letter, colour_index(def.color), def.hotkey};
        }
    }
    return {id.text, id.text, "", 0};
}

std::vector<LabelModel> label_models(const Policy& policy) {
    std::vector<LabelModel> out;
    for (const LabelDef& def : policy.labels) {
        out.push_back(label_model(policy, def.id));
    }
    const bool keyed = std::any_of(out.begin(), out.end(), [](const LabelModel& one) { return !one.key.empty(); });
    for (size_t i = 0; !keyed && i < out.size() && i < 10; ++i) {
        out[i].key = out[i].letter = std::to_string((i + 1) % 10);  // a policy without keys: 1 to 9, then 0
    }
    return out;
}

std::vector<ScoreModel> other_scores(const LoadedItem& item, size_t most) {
    std::vector<ScoreModel> out;
    for (const Score& score : item.state.current().scores) {
        if (score.label != item.state.current().label && out.size() < most) {
            out.push_back({label_model(*item.policy, score.label), score.score.value, to_percent(score.score, 0)});
        }
    }
    return out;
}

std::string committed_text(store::Database& database, const std::optional<Digest>& commitment) {
    if (!commitment) {
        return {};
    }
    const auto note = store::read_note(database, *commitment);
    return note.ok() && note.value() ? note.value()->text : std::string();
}

std::string held_words(const Workplace& work, const ItemState& state) {
    const Instant now = work.clock.now();
    for (const SlotState& slot : state.slots) {
        if (slot.runs(now) && slot.holder != work.person) {
            return work.texts(Text::held_by_until, slot.holder.text, moment_words(slot.expires));
        }
    }
    const std::string hindrance = work.leasing.hindrance(state.id);
    return hindrance.empty() ? std::string() : work.texts(Text::not_for_you, hindrance);
}

RoutingModel routing_model(const Texts& texts, const LoadedItem& item, Instant now) {
    const RouteExplanation why = explain_route(
        *item.policy, {item.state.id.text, &item.document, item.state.route().calibrated}, item.state.current(), now);
    RoutingModel out;
    out.sentence = !why.problem.empty() ? why.problem : why.reason.empty() ? why.condition : why.reason;
    out.route = item.state.route().route;
    if (item.state.route().promise) {
        // The same for all, so that nobody can tell what was drawn to be checked.
        out.sentence = texts(Text::routed_despite_promise, out.sentence);
    }
    for (const SeenValue& seen : why.seen) {
        out.seen.push_back({seen.name, utf8::shortened(seen.value, 120)});
    }
    return out;
}

std::string value_at(const Json& document, std::string_view path) {
    const Json* at = document.at_path(path);
    if (at == nullptr || at->is_null()) {
        return {};
    }
    return at->string() != nullptr ? *at->string() : to_text(*at);
}

std::vector<std::string> fact_lines(const LoadedItem& item) {
    std::vector<std::string> out;
    for (const std::string& path : item.policy->interface.show) {
        std::string value = value_at(item.document, path);
        const auto moment = parse_rfc3339(value);
        value = moment.ok() ? moment_words(moment.value()) : value;
        if (!value.empty() && path != item.policy->interface.text) {
            out.push_back(concat(last_part(path), ": ", utf8::shortened(value, 80)));
        }
    }
    return out;
}

std::vector<std::string> guidance_lines(const Policy& policy) {
    std::vector<std::string> out;
    std::string_view rest = policy.interface.guidance;
    while (!rest.empty()) {
        const size_t newline = rest.find('\n');
        const std::string_view line = rest.substr(0, newline);
        rest = newline == std::string_view::npos ? std::string_view() : rest.substr(newline + 1);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            out.emplace_back(line);
        }
    }
    return out;
}

}  // namespace countersign::shell
