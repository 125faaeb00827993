#include "core/people/staff.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"

namespace countersign::people {

namespace {

constexpr std::string_view kFormat = "countersign-staff-1";
constexpr TextRule kName{.max_bytes = 200};
constexpr size_t kMostEntries = 1'000;  // of one list

Result<std::vector<SkillLevel>> read_skills(Fields& of) {
    std::vector<SkillLevel> out;
    const Json* json = of.optional("skills");
    if (json == nullptr) {
        return out;
    }
    if (json->object() == nullptr) {
        return of.error("skills", concat("must be an object of skills and levels, but is ", json->type_name()));
    }
    Fields fields = CS_TRY(Fields::of(*json, of.path_of("skills")));
    for (const auto& [skill, level] : *json->object()) {
        if (out.size() == 100) {
            return fail(ErrorCode::exhausted, "at most 100 skills", of.path_of("skills"));
        }
        out.push_back({skill, static_cast<int32_t>(CS_TRY(fields.integer(skill, {.min = 1, .max = 9})))});
    }
    return out;
}

Result<Capacity> read_capacity(Fields& of) {
    Capacity out;
    const Json* json = of.optional("per_day");
    if (json == nullptr) {
        return out;
    }
    Fields fields = CS_TRY(Fields::of(*json, of.path_of("per_day")));
    if (fields.has("reviews")) {
        out.reviews = CS_TRY(fields.integer("reviews", {.min = 0, .max = 100'000}));
    }
    if (fields.has("minutes")) {
        out.seconds = 60 * static_cast<double>(CS_TRY(fields.integer("minutes", {.min = 0, .max = 1'440})));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Conflicts> read_conflicts(Fields& of) {
    Conflicts out;
    const Json* json = of.optional("conflicts");
    if (json == nullptr) {
        return out;
    }
    Fields fields = CS_TRY(Fields::of(*json, of.path_of("conflicts")));
    for (std::string& item : CS_TRY(fields.text_list("items", kMostEntries))) {
        out.items.emplace_back(std::move(item));
    }
    out.sources = CS_TRY(fields.text_list("sources", kMostEntries));
    out.authors = CS_TRY(fields.text_list("authors", kMostEntries));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Instant> read_time(Fields& of, std::string_view name) {
    const std::string text = CS_TRY(of.text(name, {.max_bytes = 40}));
    const auto time = parse_rfc3339(text);
    return time.ok() ? time : Result<Instant>(of.error(name, time.error().message));
}

Result<std::vector<Presence>> read_presence(Fields& of) {
    std::vector<Presence> out;
    const JsonArray* list = CS_TRY(of.optional_list("present", kMostEntries));
    for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
        Fields fields = CS_TRY(Fields::of((*list)[i], element_path(of.path_of("present"), i)));
        const Presence one{CS_TRY(read_time(fields, "from")), CS_TRY(read_time(fields, "until"))};
        CS_TRY_STATUS(fields.done());
        if (one.until <= one.from) {
            return fields.error("until", "must be after 'from'");
        }
        if (!out.empty() && one.from < out.back().until) {
            return fields.error("from", "must not be before the end of the one before");
        }
        out.push_back(one);
    }
    return out;
}

Result<Reviewer> read_person(const Json& json, const std::string& place) {
    Fields fields = CS_TRY(Fields::of(json, place));
    Reviewer out;
    out.id = ActorId(CS_TRY(fields.text("account", kName)));
    out.skills = CS_TRY(read_skills(fields));
    out.languages = CS_TRY(fields.text_list("languages", 50));
    out.per_day = CS_TRY(read_capacity(fields));
    out.conflicts = CS_TRY(read_conflicts(fields));
    out.present = CS_TRY(read_presence(fields));
    CS_TRY_STATUS(fields.done());
    return out;
}

Status read_people(const JsonArray& list, Staff& staff) {
    for (size_t i = 0; i < list.size(); ++i) {
        Reviewer one = CS_TRY(read_person(list[i], element_path("people", i)));
        if (staff.find(one.id) != nullptr) {
            return fail(ErrorCode::invalid_argument, concat("'", one.id.text, "' stands here twice"),
                        concat(element_path("people", i), ".account"));
        }
        const auto at = std::lower_bound(staff.people.begin(), staff.people.end(), one.id,
                                         [](const Reviewer& person, const ActorId& id) { return person.id < id; });
        staff.people.insert(at, std::move(one));
    }
    return success();
}

Status read_tiers(Fields& work, Staff& staff) {
    const Json* json = work.optional("tiers");
    if (json == nullptr) {
        return success();
    }
    if (json->object() == nullptr) {
        return work.error("tiers", concat("must be an object by tiers, but is ", json->type_name()));
    }
    for (const auto& [tier, needs] : *json->object()) {
        Fields fields = CS_TRY(Fields::of(needs, concat(work.path_of("tiers"), '.', tier)));
        TierNeeds out;
        out.skills = CS_TRY(read_skills(fields));
        if (fields.has("seconds")) {
            out.expected_seconds =
                static_cast<double>(CS_TRY(fields.integer("seconds", {.min = 1, .max = 24 * 3'600})));
        }
        CS_TRY_STATUS(fields.done());
        staff.tiers.emplace(tier, std::move(out));
    }
    return success();
}

Result<std::string> read_path(Fields& work, std::string_view name) {
    std::string path = CS_TRY(work.text_or(name, "", kName));
    const bool usable = path.empty() || path.starts_with("input.") || path.starts_with("metadata.");
    return usable ? Result<std::string>(std::move(path))
                  : Result<std::string>(
                        work.error(name, concat("'", path, "' must be a path in the item, like metadata.language")));
}

Status read_work(const Json& json, Staff& staff) {
    Fields work = CS_TRY(Fields::of(json, "work"));
    staff.language = CS_TRY(read_path(work, "language"));
    staff.source = CS_TRY(read_path(work, "source"));
    staff.author = CS_TRY(read_path(work, "author"));
    CS_TRY_STATUS(read_tiers(work, staff));
    return work.done();
}

}  // namespace

const Reviewer* Staff::find(const ActorId& account) const {
    const auto at = std::lower_bound(people.begin(), people.end(), account,
                                     [](const Reviewer& person, const ActorId& id) { return person.id < id; });
    return at == people.end() || at->id != account ? nullptr : &*at;
}

Result<Staff> load_staff(std::string_view bytes) {
    const Json json = CS_TRY(parse_json(bytes));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const std::string format = CS_TRY(fields.text("format"));
    if (format != kFormat) {
        return fields.error("format", concat("'", format, "' is not known here; this version reads '", kFormat, "'"));
    }
    Staff out;
    CS_TRY_STATUS(read_people(*CS_TRY(fields.list("people", kMostStaff)), out));
    if (const Json* work = fields.optional("work")) {
        CS_TRY_STATUS(read_work(*work, out));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace countersign::people
