#pragma once
// The staff documents of projects (core/people/staff.h), and how much each person has done and promised today.

#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct StaffRow {
    int64_t version = 0;
    std::string bytes;
    ActorId actor;  // who set it
    Instant at;
};

// The newest; nothing where none was set.
Result<std::optional<StaffRow>> read_staff(Database& database, const ProjectRow& project);
// As the next version, which is returned.
Result<int64_t> add_staff(Database& database, const ProjectRow& project, const std::string& bytes, const ActorId& actor,
                          Instant now);

// Operations that each account has sent in the project since then: decisions, notes, what was taken back.
Result<std::map<ActorId, int64_t>> decisions_since(Database& database, const ProjectRow& project, Instant since);

struct OpenItem {
    int64_t no = 0;
    ItemId id;
};

// Items that wait for people, most urgent first; of one tier, or of all ("").
Result<std::vector<OpenItem>> most_urgent(Database& database, const ProjectRow& project, std::string_view tier,
                                          size_t limit);

}  // namespace countersign::store
