#include <algorithm>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/target_file.h"

namespace countersign::native {

namespace {

struct BundleCommand {
    CarrierOptions carrier;
    std::string project;
    std::string file = "-";
    bool no_texts = false;
    bool quiet = false;
};

struct ProofCommand {
    CarrierOptions carrier;
    std::string project;
    uint64_t entry = 0;
    std::string op;
    std::string file;
};

Status write_bundle(const BundleCommand& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    TargetFile target = CS_TRY(TargetFile::open(options.file));
    Progress progress("written", "lines");
    uint64_t lines = 0;
    const auto take = [&](std::string_view piece) -> Status {
        lines += static_cast<uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
        if (!options.quiet) {
            progress.at(lines);
        }
        return target.write(piece);
    };
    const std::string path =
        project_target(options.project, options.no_texts ? "/log/bundle?texts=none" : "/log/bundle");
    const Answered answered = CS_TRY(carrier->receive({"GET", path, ""}, take));
    CS_TRY_STATUS(problem_of(answered));
    CS_TRY_STATUS(target.finish());
    progress.finish();
    if (options.file != "-") {
        note(concat(grouped(lines), " lines in ", options.file));
    }
    return success();
}

Status receive_file(Carrier& carrier, const std::string& path, const std::string& file) {
    const Answered answered = CS_TRY(carrier.ask({"GET", path, ""}, {}));
    CS_TRY_STATUS(problem_of(answered));
    TargetFile target = CS_TRY(TargetFile::open(file));
    CS_TRY_STATUS(target.write(answered.body));
    return target.finish();
}

Status write_proof(const ProofCommand& options) {
    if ((options.entry == 0) == options.op.empty()) {
        return fail(ErrorCode::invalid_argument, "say which entry: --entry NUMBER, or --op ID of a decision");
    }
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const std::string which =
        options.op.empty() ? concat("?seq=", options.entry) : concat("?op=", percent_encoded(options.op));
    const std::string proof = options.file + ".tlog-proof";
    const std::string leaf = options.file + ".json";
    CS_TRY_STATUS(receive_file(*carrier, project_target(options.project, "/log/proof" + which), proof));
    CS_TRY_STATUS(receive_file(*carrier, project_target(options.project, "/log/entry" + which), leaf));
    note(concat("the proof in ", proof, ", the entry in ", leaf));
    return success();
}

template <class Options>
void run_as(CLI::App* command, const std::shared_ptr<Options>& options, Status (*work)(const Options&), Run& run) {
    command->footer(std::string("What the files hold is described in docs/verify.md.\n") + kExitStatuses);
    command->callback([options, work, &run] {
        run = [options, work] {
            const Status done = work(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace

void add_log(CLI::App& app, Run& run) {
    CLI::App* log = app.add_subcommand("log", "A project's log, for whoever wants to verify it");
    log->require_subcommand(1);

    auto bundle = std::make_shared<BundleCommand>();
    CLI::App* write = log->add_subcommand("bundle", "The whole log as one file, up to its newest checkpoint");
    write->add_option("project", bundle->project, "The project")->required();
    add_carrier_options(*write, bundle->carrier);
    write->add_option("--out", bundle->file, "File; '-' is standard output")->capture_default_str();
    write->add_flag("--no-texts", bundle->no_texts, "Leave documents, rationales, answers and notes out");
    write->add_flag("--quiet", bundle->quiet, "No progress");
    run_as(write, bundle, write_bundle, run);

    auto proof = std::make_shared<ProofCommand>();
    CLI::App* one = log->add_subcommand("proof", "One entry with the proof that it is in the log, as two files");
    one->add_option("project", proof->project, "The project")->required();
    add_carrier_options(*one, proof->carrier);
    one->add_option("--entry", proof->entry, "The entry's number");
    one->add_option("--op", proof->op, "Or the id of a decision");
    one->add_option("--out", proof->file, "Name of the files, without .tlog-proof and .json")->required();
    run_as(one, proof, write_proof, run);
}

}  // namespace countersign::native
