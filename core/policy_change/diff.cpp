#include "core/policy_change/diff.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/base/concat.h"
#include "core/policy_change/order.h"
#include "core/policy_change/words.h"

namespace countersign::policy_change {

namespace {

constexpr std::array<std::string_view, 5> kKinds{"added", "removed", "renamed", "moved", "changed"};

// Objects that only group fields: not there is the same as there with every field left out.
constexpr std::array<std::string_view, 4> kGroups{"task", "interface", "item_schema", "changes"};

// Where in the documents, and of which part a sentence there speaks.
struct Place {
    std::string path;     // "routes[1]"
    std::string pattern;  // "routes[]"
    std::string part;     // "route 'sure'"; empty for the policy itself
    std::string field;    // within the part: "promise"; empty for the part itself

    Place member(std::string_view name) const {
        const auto under = [&](const std::string& at) {
            return at.empty() ? std::string(name) : concat(at, '.', name);
        };
        return {under(path), under(pattern), part, under(field)};
    }

    Place element(size_t index, std::string_view id) const {
        const std::string of = part.empty() ? std::string() : concat(" of ", part);
        return {concat(path, '[', index, ']'), concat(pattern, "[]"), concat(name_of_part(pattern, id), of), {}};
    }

    std::string said(std::string_view words) const {
        return part.empty() ? std::string(words) : concat(part, ": ", words);
    }
};

bool is_list_of_parts(const Json* json) {
    const JsonArray* list = json == nullptr ? nullptr : json->array();
    return list != nullptr && !list->empty() && std::all_of(list->begin(), list->end(), [](const Json& one) {
               const Json* id = one.find("id");
               return id != nullptr && id->string() != nullptr;
           });
}

bool is_none(const Json* list) {
    return list == nullptr || (list->array() != nullptr && list->array()->empty());
}

const JsonArray& parts_of(const Json* json) {
    static const JsonArray kNone;
    return json == nullptr || json->array() == nullptr ? kNone : *json->array();
}

// All but the id, as text.
std::string content_of(const Json& part) {
    JsonObject out;
    for (const JsonMember& member : *part.object()) {
        if (member.first != "id") {
            out.push_back(member);
        }
    }
    return out.empty() ? std::string() : to_text(Json(std::move(out)));
}

class Differ {
public:
    void objects(const Place& place, const Json& before, const Json& after);

    std::vector<Change> take() { return std::move(changes_); }

private:
    void member(const Place& place, std::string_view name, const Json& before, const Json& after);
    void values(const Place& place, const Json* before, const Json* after);
    void groups(const Place& place, const Json* before, const Json* after);
    void lists(const Place& place, const Json* before, const Json* after);
    void whole_part(const Place& place, const Json& part, ChangeKind kind);
    std::string summary(const Place& place, const Json& object) const;

    void tell(const Place& place, ChangeKind kind, std::string words) {
        changes_.push_back({place.path, std::move(words), kind});
    }

    std::vector<Change> changes_;
};

void Differ::objects(const Place& place, const Json& before, const Json& after) {
    for (const JsonMember& one : *after.object()) {
        member(place, one.first, before, after);
    }
    for (const JsonMember& one : *before.object()) {
        if (after.find(one.first) == nullptr) {
            member(place, one.first, before, after);
        }
    }
}

void Differ::member(const Place& place, std::string_view name, const Json& before, const Json& after) {
    const Place here = place.member(name);
    if (name == "id" && !place.part.empty() && place.field.empty()) {
        return;  // parts are matched by it
    }
    const Json* was = before.find(name);
    const Json* is = after.find(name);
    if ((is_list_of_parts(was) && (is_none(is) || is_list_of_parts(is))) || (is_list_of_parts(is) && is_none(was))) {
        lists(here, was, is);
        return;
    }
    if ((was != nullptr && was->object() != nullptr) || (is != nullptr && is->object() != nullptr)) {
        groups(here, was, is);
        return;
    }
    const std::optional<Json> was_default = was == nullptr ? default_of(here.pattern, before) : std::nullopt;
    const std::optional<Json> is_default = is == nullptr ? default_of(here.pattern, after) : std::nullopt;
    values(here, was_default ? &*was_default : was, is_default ? &*is_default : is);
}

void Differ::values(const Place& place, const Json* before, const Json* after) {
    if (before != nullptr && after != nullptr && same_value(place.field, *before, *after)) {
        return;
    }
    const std::string name = name_of_field(place.field);
    if (before == nullptr) {
        tell(place, ChangeKind::added, place.said(concat(name, " is new: ", value_in_words(place.field, *after))));
    } else if (after == nullptr) {
        tell(place, ChangeKind::removed,
             place.said(concat(name, " is left out; it was ", value_in_words(place.field, *before))));
    } else {
        tell(place, ChangeKind::changed,
             place.said(concat(name, " was ", value_in_words(place.field, *before), " and is ",
                               value_in_words(place.field, *after))));
    }
}

void Differ::groups(const Place& place, const Json* before, const Json* after) {
    static const Json kEmpty{JsonObject{}};
    const bool grouping = place.part.empty() && std::find(kGroups.begin(), kGroups.end(), place.field) != kGroups.end();
    const bool both =
        before != nullptr && before->object() != nullptr && after != nullptr && after->object() != nullptr;
    if (both || grouping) {
        objects(place, before == nullptr ? kEmpty : *before, after == nullptr ? kEmpty : *after);
        return;
    }
    const bool gone = after == nullptr;
    const std::string what = summary(place, gone ? *before : *after);
    const std::string name = name_of_field(place.field);
    if (gone) {
        const std::string_view so = place.field == "promise" ? "; the tier approves all that is routed to it" : "";
        tell(place, ChangeKind::removed, place.said(concat(name, " is gone", so, "; it was: ", what)));
    } else {
        tell(place, ChangeKind::added, place.said(concat(name, " is new: ", what)));
    }
}

// The fields of an object, and of the objects in it: "the condition is true, the tier is 'quick'".
std::string Differ::summary(const Place& place, const Json& object) const {
    if (object.object() == nullptr) {
        return value_in_words(place.field, object);
    }
    std::string out;
    for (const JsonMember& one : *object.object()) {
        const Place here = place.member(one.first);
        if ((one.first == "id" && place.field.empty()) || is_list_of_parts(&one.second)) {
            continue;
        }
        const std::string words = one.second.object() != nullptr ? summary(here, one.second)
                                                                 : concat(name_of_field(here.field), " is ",
                                                                          value_in_words(here.field, one.second));
        out += words.empty() || out.empty() ? words : concat(", ", words);
    }
    return out;
}

// A part that is new or gone, and whatever parts it has.
void Differ::whole_part(const Place& place, const Json& part, ChangeKind kind) {
    const std::string what = summary(place, part);
    tell(place, kind,
         concat(place.part, kind == ChangeKind::added ? " is new" : " is gone", what.empty() ? "" : "; ", what));
    for (const JsonMember& one : *part.object()) {
        if (is_list_of_parts(&one.second)) {
            lists(place.member(one.first), kind == ChangeKind::added ? nullptr : &one.second,
                  kind == ChangeKind::added ? &one.second : nullptr);
        }
    }
}

void Differ::lists(const Place& place, const Json* before, const Json* after) {
    const JsonArray& was = parts_of(before);
    const JsonArray& is = parts_of(after);
    const Matching matching = match(was, is, content_of);
    for (size_t i = 0; i < is.size(); ++i) {
        const std::string id = is[i].text_of("id");
        const Place here = place.element(i, id);
        const std::optional<size_t> partner = matching.partner[i];
        if (!partner) {
            whole_part(here, is[i], ChangeKind::added);
            continue;
        }
        const std::string old_id = was[*partner].text_of("id");
        if (old_id != id) {
            tell(here, ChangeKind::renamed, concat(place.element(0, old_id).part, " is called '", id, "' now"));
        }
        if (matching.moved[i]) {
            const auto behind = [](const JsonArray& list, size_t at) {
                return at == 0 ? std::string("first") : concat("behind '", list[at - 1].text_of("id"), "'");
            };
            tell(here, ChangeKind::moved,
                 concat(here.part, " moved: it stood ", behind(was, *partner), " and stands ", behind(is, i)));
        }
        objects(here, was[*partner], is[i]);
    }
    for (const size_t i : matching.gone) {
        whole_part(place.element(i, was[i].text_of("id")), was[i], ChangeKind::removed);
    }
}

}  // namespace

std::string_view change_kind_name(ChangeKind kind) {
    return kKinds[static_cast<size_t>(kind)];
}

std::vector<Change> diff(const Json& before, const Json& after) {
    Differ differ;
    differ.objects({}, before, after);
    return differ.take();
}

}  // namespace countersign::policy_change
