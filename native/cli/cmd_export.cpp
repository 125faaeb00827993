#include <cstdio>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct ExportCommand {
    CarrierOptions carrier;
    std::string project;
    std::string file = "-";
    std::string status = "resolved";
    std::string tier;
    bool quiet = false;
};

// Where records go: standard output, or a file that appears only when it is whole.
class Target {
public:
    static Result<Target> open(const std::string& name) {
        Target out;
        out.name_ = name;
        out.file_ = name == "-" ? stdout : std::fopen((name + ".part").c_str(), "wb");
        return out.file_ == nullptr ? Result<Target>(fail(ErrorCode::forbidden,
                                                          concat("cannot be written: ", std::strerror(errno)), name))
                                    : Result<Target>(std::move(out));
    }

    Target(Target&& other) noexcept : name_(std::move(other.name_)), file_(std::exchange(other.file_, nullptr)) {}

    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;
    Target& operator=(Target&&) = delete;

    ~Target() {
        if (file_ != nullptr && file_ != stdout) {
            std::fclose(file_);
            std::remove((name_ + ".part").c_str());
        }
    }

    Status write(std::string_view bytes) {
        return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size()
                   ? success()
                   : Status(fail(ErrorCode::exhausted, "the disk is full, or the reader went away", name_));
    }

    Status finish() {
        if (file_ == stdout) {
            return std::fflush(stdout) == 0 ? success()
                                            : Status(fail(ErrorCode::exhausted, "the output could not be written"));
        }
        std::FILE* file = std::exchange(file_, nullptr);
        const bool flushed = std::fflush(file) == 0 && ::fsync(::fileno(file)) == 0;
        if (std::fclose(file) != 0 || !flushed || std::rename((name_ + ".part").c_str(), name_.c_str()) != 0) {
            return fail(ErrorCode::exhausted, "could not be written to its end", name_);
        }
        return sync_folder(std::filesystem::path(name_).parent_path());
    }

private:
    Target() = default;

    std::string name_;
    std::FILE* file_ = nullptr;
};

Status run_export(const ExportCommand& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    Target target = CS_TRY(Target::open(options.file));
    Progress progress("exported", "records");
    uint64_t records = 0;
    const auto take = [&](std::string_view piece) -> Status {
        records += static_cast<uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
        if (!options.quiet) {
            progress.at(records);
        }
        return target.write(piece);
    };
    std::string path = project_target(options.project, "/export?status=") + percent_encoded(options.status);
    if (!options.tier.empty()) {
        path += "&tier=" + percent_encoded(options.tier);
    }
    const Answered answered = CS_TRY(carrier->receive({"GET", path, ""}, take));
    CS_TRY_STATUS(problem_of(answered));
    CS_TRY_STATUS(target.finish());
    progress.finish();
    if (options.file != "-") {
        note(concat(grouped(records), " records in ", options.file));
    }
    return success();
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    auto options = std::make_shared<ExportCommand>();
    CLI::App* command = app.add_subcommand("export", "Export items with their decisions as JSON Lines");
    command->add_option("project", options->project, "The project")->required();
    add_carrier_options(*command, options->carrier);
    command->add_option("--out", options->file, "File; '-' is standard output")->capture_default_str();
    command
        ->add_option("--status", options->status,
                     "Which items: resolved, auto_approved, escalated, open; several with commas")
        ->capture_default_str();
    command->add_option("--tier", options->tier, "Only items of this tier");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(std::string("The form of a record is described in docs/data-formats.md.\n") + kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_export(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
