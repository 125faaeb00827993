#include "tests/core/people/people_cases.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"

namespace countersign::testing {

using people::Reviewer;
using people::Task;

namespace {

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> out;
    for (const Json& one : *list.array()) {
        out.push_back(*one.string());
    }
    return out;
}

template <class T>
std::vector<Id<T>> ids(const Json& list) {
    std::vector<Id<T>> out;
    for (const std::string& text : texts(list)) {
        out.emplace_back(text);
    }
    return out;
}

// {"spanish": 2}
std::vector<people::SkillLevel> levels(const Json& from) {
    std::vector<people::SkillLevel> out;
    for (const auto& [skill, level] : *from.object()) {
        out.push_back({skill, static_cast<int32_t>(*level.integer())});
    }
    return out;
}

void read_conflicts(const Json& from, people::Conflicts& out) {
    for (const auto& [name, value] : *from.object()) {
        if (name == "items") {
            out.items = ids<ItemTag>(value);
        } else if (name == "sources") {
            out.sources = texts(value);
        } else if (name == "authors") {
            out.authors = texts(value);
        } else {
            FAIL("conflicts: " << name);
        }
    }
}

Instant instant(const Json& from) {
    return parse_rfc3339(*from.string()).value();
}

template <class Element>
const Element& one_of(stats::Random& random, const std::vector<Element>& from) {
    return from[static_cast<size_t>(random.below(from.size()))];
}

}  // namespace

double written_number(const Json& from) {
    return from.integer() != nullptr ? static_cast<double>(*from.integer()) : from.number()->value;
}

Instant written_instant(const Json& from, std::string_view name) {
    return instant(*from.find(name));
}

Reviewer written_reviewer(const Json& from) {
    Reviewer out;
    for (const auto& [name, value] : *from.object()) {
        if (name == "id") {
            out.id = ActorId(*value.string());
        } else if (name == "skills") {
            out.skills = levels(value);
        } else if (name == "languages") {
            out.languages = texts(value);
        } else if (name == "reviews_per_day") {
            out.per_day.reviews = *value.integer();
        } else if (name == "seconds_per_day") {
            out.per_day.seconds = written_number(value);
        } else if (name == "reviews_today") {
            out.today.reviews = *value.integer();
        } else if (name == "seconds_today") {
            out.today.seconds = written_number(value);
        } else if (name == "conflicts") {
            read_conflicts(value, out.conflicts);
        } else if (name == "present") {
            for (const Json& span : *value.array()) {
                out.present.push_back({instant((*span.array())[0]), instant((*span.array())[1])});
            }
        } else if (name == "experience") {
            for (const Json& one : *value.array()) {
                const Json* factor = one.find("time_factor");
                out.experience.push_back({.kind = one.text_of("kind"),
                                          .answers = written_number(*one.find("answers")),
                                          .right = written_number(*one.find("right")),
                                          .time_factor = factor == nullptr ? 1 : written_number(*factor)});
            }
        } else {
            FAIL("reviewer: " << name);
        }
    }
    return out;
}

Task written_task(const Json& from) {
    Task out;
    for (const auto& [name, value] : *from.object()) {
        if (name == "item") {
            out.item = ItemId(*value.string());
        } else if (name == "kind") {
            out.kind = *value.string();
        } else if (name == "purpose") {
            out.purpose = *value.string() == "adjudication" ? people::Purpose::adjudication : people::Purpose::review;
        } else if (name == "required") {
            out.required = levels(value);
        } else if (name == "language") {
            out.language = *value.string();
        } else if (name == "source") {
            out.source = *value.string();
        } else if (name == "author") {
            out.author = *value.string();
        } else if (name == "due") {
            out.due = instant(value);
        } else if (name == "slots") {
            out.slots = static_cast<int32_t>(*value.integer());
        } else if (name == "reviewed_by") {
            out.reviewed_by = ids<ActorTag>(value);
        } else if (name == "held_by") {
            out.held_by = ids<ActorTag>(value);
        } else if (name == "seconds") {
            out.expected_seconds = written_number(value);
        } else if (name == "difficulty") {
            out.difficulty = written_number(value);
        } else if (name == "labels") {
            out.labels = static_cast<uint32_t>(*value.integer());
        } else if (name == "certainty") {
            out.certainty = written_number(value);
        } else {
            FAIL("task: " << name);
        }
    }
    return out;
}

Instant noon() {
    return parse_rfc3339("2026-03-02T12:00:00Z").value();
}

people::PlanInput Town::input() const {
    return {.tasks = tasks, .reviewers = reviewers, .now = noon()};
}

Town random_town(stats::Random& random, const TownSize& size) {
    const std::vector<std::string> kinds{"water", "light", "road"};
    const std::vector<std::string> sources{"web", "desk", "phone"};
    const std::vector<std::string> languages{"en", "es", "es-MX"};
    Town out;
    for (size_t j = 0; j < size.reviewers; ++j) {
        Reviewer& one = out.reviewers.emplace_back(Reviewer{.id = ActorId(concat("r", 100 + j))});
        one.languages = {"en"};
        if (random.below(2) == 0) {
            one.languages.emplace_back("es");
        }
        if (random.below(2) == 0) {
            one.skills.push_back({"gas", 1 + static_cast<int32_t>(random.below(3))});
        }
        if (random.below(4) == 0) {
            one.conflicts.sources.push_back(one_of(random, sources));
        }
        one.today = {.reviews = static_cast<int64_t>(random.below(2)), .seconds = 0, .waiting_seconds = 0};
        one.per_day.reviews =
            one.today.reviews + static_cast<int64_t>(random.below(static_cast<uint64_t>(size.most_reviews) + 1));
        if (size.limits_of_time) {
            one.per_day.seconds = 40 + (200 * random.uniform());
        }
        for (const std::string& kind : kinds) {
            const auto answers = static_cast<double>(random.below(60));
            one.experience.push_back({.kind = kind,
                                      .answers = answers,
                                      .right = answers * (0.5 + (0.5 * random.uniform())),
                                      .time_factor = 0.5 + (1.5 * random.uniform())});
        }
    }
    for (size_t i = 0; i < size.tasks; ++i) {
        Task& one = out.tasks.emplace_back(Task{.item = ItemId(concat("item-", 1000 + i))});
        one.kind = one_of(random, kinds);
        one.source = one_of(random, sources);
        one.language = one_of(random, languages);
        if (random.below(4) == 0) {
            one.required.push_back({"gas", 1 + static_cast<int32_t>(random.below(3))});
        }
        one.slots = 1 + static_cast<int32_t>(random.below(2));
        if (random.below(3) == 0) {
            one.reviewed_by.push_back(one_of(random, out.reviewers).id);
            one.purpose = random.below(2) == 0 ? people::Purpose::adjudication : people::Purpose::review;
        }
        if (random.below(3) != 0) {
            one.due = noon() + Duration{(static_cast<int64_t>(random.below(24)) - 2) * kHour_us};
        }
        one.expected_seconds = 20 + (120 * random.uniform());
        one.difficulty = (2 * random.uniform()) - 1;
        one.labels = 2 + static_cast<uint32_t>(random.below(4));
        one.certainty = 0.3 + (0.6 * random.uniform());
    }
    return out;
}

}  // namespace countersign::testing
