#include "core/escalation/levels.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"

namespace countersign::escalation {

namespace {

constexpr size_t kMostTriggers = 16;
constexpr size_t kMostNames = 200;
constexpr int64_t kMostPercent = 10'000;

const std::vector<std::string>& trigger_names() {
    static const std::vector<std::string> kNames = {"reviewer_asked", "disagreement", "overdue", "low_posterior",
                                                    "rule"};
    return kNames;
}

Result<std::string> read_id(Fields& fields, const std::vector<Level>& before) {
    std::string id = CS_TRY(fields.text("id", {.max_bytes = 64}));
    const bool good = std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    });
    if (!good) {
        return fields.error("id", concat("'", id, "' may have letters, digits, '_', '-' and '.' only"));
    }
    if (std::ranges::find(before, id, &Level::id) != before.end()) {
        return fields.error("id", concat("'", id, "' is there twice"));
    }
    return id;
}

// A duration above nothing, if it is there.
Result<std::optional<Duration>> read_time(Fields& fields, std::string_view name) {
    if (!fields.has(name)) {
        return std::optional<Duration>();
    }
    const std::string text = CS_TRY(fields.text(name));
    const auto duration = parse_duration(text);
    if (!duration.ok()) {
        return fields.error(name, duration.error().message);
    }
    return duration.value().us == 0 ? Result<std::optional<Duration>>(fields.error(name, "must be longer than nothing"))
                                    : std::optional(duration.value());
}

Status read_overdue(Fields& fields, bool has_level_below, Trigger& out) {
    static const std::vector<std::string> kWhose = {"item", "level"};
    out.whose = CS_TRY(fields.choice_or("of", kWhose, 0)) == 0 ? Whose::item : Whose::level;
    out.after = CS_TRY(read_time(fields, "after"));
    if (out.after && fields.has("percent")) {
        return fields.error("after", "cannot stand beside percent: one of them says when");
    }
    out.percent = static_cast<uint32_t>(CS_TRY(fields.integer_or("percent", 100, {.min = 1, .max = kMostPercent})));
    if (out.whose == Whose::level && !has_level_below) {
        return fields.error("of", "needs a level below this one that has a due time");
    }
    return success();
}

Result<Trigger> read_trigger(Fields& fields, bool has_level_below) {
    Trigger out;
    out.kind = static_cast<TriggerKind>(CS_TRY(fields.choice("trigger", trigger_names())));
    if (out.kind == TriggerKind::overdue) {
        CS_TRY_STATUS(read_overdue(fields, has_level_below, out));
    } else if (out.kind == TriggerKind::low_posterior) {
        out.below = CS_TRY(fields.ppm("below"));
    } else if (out.kind == TriggerKind::rule) {
        out.rule = CS_TRY(fields.text("rule"));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Assignees> read_who(Fields& level) {
    const Json* json = CS_TRY(level.object("who"));
    Fields fields = CS_TRY(Fields::of(*json, level.path_of("who")));
    Assignees out{.roles = CS_TRY(fields.text_list("roles", kMostNames)),
                  .skills = CS_TRY(fields.text_list("skills", kMostNames)),
                  .people = CS_TRY(fields.text_list("people", kMostNames))};
    CS_TRY_STATUS(fields.done());
    if (out.roles.empty() && out.skills.empty() && out.people.empty()) {
        return level.error("who", "names nobody: give roles, skills or people");
    }
    return out;
}

Result<Level> read_level(Fields& fields, const std::vector<Level>& before) {
    Level out;
    out.id = CS_TRY(read_id(fields, before));
    out.name = CS_TRY(fields.text_or("name", out.id, {.max_bytes = 100}));
    out.who = CS_TRY(read_who(fields));
    out.due = CS_TRY(read_time(fields, "due"));
    const JsonArray* triggers = CS_TRY(fields.list("when", kMostTriggers));
    if (triggers->empty()) {
        return fields.error("when", "is empty: nothing would ever lead to this level");
    }
    const bool has_level_below = std::ranges::any_of(before, [](const Level& level) { return level.due.has_value(); });
    for (size_t i = 0; i < triggers->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*triggers)[i], fields.path_of(element_path("when", i))));
        out.when.push_back(CS_TRY(read_trigger(one, has_level_below)));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

// "the role 'lead' or 'admin'"
std::string list_text(std::string_view what, const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        out += concat(out.empty() ? what : " or", out.empty() && what.empty() ? "'" : " '", name, "'");
    }
    return out;
}

}  // namespace

Result<std::vector<Level>> load_levels(const Json& json, const std::string& path) {
    if (json.array() == nullptr) {
        return fail(ErrorCode::invalid_argument, concat("must be a list, but is ", json.type_name()), path);
    }
    if (json.array()->size() > kMostLevels) {
        return fail(ErrorCode::invalid_argument,
                    concat("has ", json.array()->size(), " members; at most ", kMostLevels, " are allowed"), path);
    }
    std::vector<Level> out;
    for (size_t i = 0; i < json.array()->size(); ++i) {
        Fields fields = CS_TRY(Fields::of((*json.array())[i], element_path(path, i)));
        out.push_back(CS_TRY(read_level(fields, out)));
    }
    return out;
}

std::string to_text(const Assignees& who) {
    std::string out;
    for (const std::string& part : {list_text("the role", who.roles), list_text("the skill", who.skills)}) {
        out += part.empty() ? "" : concat(out.empty() ? "anybody with " : " or ", part);
    }
    const std::string people = list_text("", who.people);
    return out.empty() || people.empty() ? out + people : concat(out, ", or ", people);
}

}  // namespace countersign::escalation
