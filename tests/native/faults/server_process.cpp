#include "tests/native/faults/server_process.h"

#include <cstdlib>
#include <fstream>

#include <catch_amalgamated.hpp>
#include <sqlite3.h>

#include "core/base/concat.h"
#include "native/server/subject_keys.h"

namespace countersign::faults {

namespace {

using desktop::test::Process;

// All reviewers of a test are one account, and none of them rests.
constexpr std::string_view kNoRates =
    R"({"rates":{"reads":{"account":{"count":0}},"pushes":{"account":{"count":0}},"changes":{"account":{"count":0}},)"
    R"("enrolments":{"account":{"count":0}},"ingest":{"account":{"count":0}}}})";

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "countersign-faults-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ServerProcess::ServerProcess(const std::filesystem::path& data, const ShimFault& fault)
    : log_(data.parent_path() / "shim.log") {
    std::filesystem::remove(log_);
    Process::Environment environment{{"COUNTERSIGN_DATA", ""}};
    if (fault.number > 0 || fault.traces) {
        environment["LD_PRELOAD"] = COUNTERSIGN_SHIM;
        environment["COUNTERSIGN_SHIM_FOLDER"] = data.parent_path().string();
        environment["COUNTERSIGN_SHIM_LOG"] = log_.string();
        environment["COUNTERSIGN_SHIM_TRACE"] = fault.traces ? "1" : "";
    }
    if (fault.number > 0) {
        environment["COUNTERSIGN_SHIM_FAULT"] =
            concat(fault.call, ' ', fault.file, ' ', fault.number, ' ', fault.effect, ' ', fault.on ? "on" : "once");
    }
    const std::filesystem::path limits = data.parent_path() / "limits.json";
    std::ofstream(limits) << kNoRates;
    process_ = std::make_unique<Process>(std::vector<std::string>{COUNTERSIGN_PROGRAM, "serve", "--data", data.string(),
                                                                  "--port", "0", "--demo", "--limits", limits.string()},
                                         environment);
}

std::string ServerProcess::address() {
    return process_->says("\n") ? process_->said().substr(0, process_->said().find('\n')) : std::string();
}

std::vector<std::string> ServerProcess::shim_log() const {
    std::vector<std::string> out;
    std::ifstream file(log_);
    for (std::string line; std::getline(file, line);) {
        out.push_back(line);
    }
    return out;
}

StoreCopy copy_of_store(const std::filesystem::path& data) {
    const auto from = store::Database::open({.path = (data / "countersign.db").string(), .read_only = true}).value();
    StoreCopy out{native::read_subject_keys(data).value(), {}};
    out.database = store::Database::open({.path = ":memory:", .keys = out.keys.get()}).value();
    sqlite3_backup* backup = sqlite3_backup_init(out.database->handle(), "main", from->handle(), "main");
    REQUIRE(backup != nullptr);
    REQUIRE(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
    REQUIRE(sqlite3_backup_finish(backup) == SQLITE_OK);
    return out;
}

Said run_program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), COUNTERSIGN_PROGRAM);
    Process process(std::move(arguments), {{"COUNTERSIGN_DATA", ""}});
    const int status = process.wait();
    return {status, process.said(1), process.said(2)};
}

}  // namespace countersign::faults
