#include <filesystem>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/verify/log_proof_check.h"
#include "core/verify/verifier.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/input_file.h"
#include "native/cli/parallel_signatures.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

constexpr uint64_t kSmallFile_bytes = uint64_t{1} << 20;
constexpr int kNotVerified = 6;

struct VerifyOptions {
    std::string bundle;
    std::vector<std::string> keys;
    std::vector<std::string> checkpoints;
    std::string proof;
    std::string leaf;
    bool json = false;
    bool quiet = false;
};

Result<std::vector<verify::TrustedKey>> read_keys(const VerifyOptions& options) {
    std::vector<verify::TrustedKey> out;
    for (const std::string& text : options.keys) {
        auto key = verify::parse_trusted_key(text);
        if (!key.ok()) {
            return key.error().at("--key");
        }
        out.push_back(key.value());
    }
    return out;
}

Result<verify::OwnCheckpoint> read_checkpoint(const std::string& file) {
    const std::string note = CS_TRY(read_file(file, kSmallFile_bytes));
    auto own = verify::parse_own_checkpoint(file, note);
    if (!own.ok()) {
        return fail(ErrorCode::invalid_argument, concat("is no checkpoint: ", own.error().text()), file);
    }
    return own;
}

Result<int> verify_bundle(const VerifyOptions& options) {
    ParallelSignatures signatures;
    verify::BundleVerifier verifier(signatures);
    for (verify::TrustedKey& key : CS_TRY(read_keys(options))) {
        verifier.trust(std::move(key));
    }
    for (const std::string& file : options.checkpoints) {
        verifier.expect(CS_TRY(read_checkpoint(file)));
    }
    InputFile source = CS_TRY(InputFile::open(options.bundle));
    Progress progress("verified", "KiB");
    for (std::string piece; CS_TRY(source.next(piece)); piece.clear()) {
        verifier.feed(piece);
        if (!options.quiet) {
            progress.at(source.read() / 1024, source.size() / 1024);
        }
    }
    const verify::Report report = verifier.finish();
    progress.finish();
    print_raw(options.json ? concat(verify::report_json(report), '\n')
                           : verify::report_text(report, options.bundle == "-" ? "standard input" : options.bundle));
    return report.good() ? 0 : kNotVerified;
}

Result<int> verify_proof(const VerifyOptions& options) {
    const std::vector<verify::TrustedKey> keys = CS_TRY(read_keys(options));
    const std::string proof = CS_TRY(read_file(options.proof, kSmallFile_bytes));
    std::string leaf = CS_TRY(read_file(options.leaf, kSmallFile_bytes));
    if (leaf.ends_with('\n')) {
        leaf.pop_back();  // of the file, not of the entry
    }
    const verify::ProofReport report = verify::check_log_proof(proof, leaf, keys);
    print_raw(options.json ? concat(verify::proof_report_json(report), '\n')
                           : verify::proof_report_text(report, options.proof));
    return report.good() ? 0 : kNotVerified;
}

Result<int> run_verify(const VerifyOptions& options) {
    const bool one = !options.proof.empty() || !options.leaf.empty();
    if (one == !options.bundle.empty()) {
        return fail(ErrorCode::invalid_argument, "name a bundle, or a proof and its entry by --proof and --leaf");
    }
    if (!one) {
        return verify_bundle(options);
    }
    if (options.proof.empty() || options.leaf.empty()) {
        return fail(ErrorCode::invalid_argument, "--proof and --leaf go together");
    }
    if (options.keys.empty()) {
        return fail(ErrorCode::invalid_argument, "a proof brings no key of the server: give it by --key");
    }
    return verify_proof(options);
}

}  // namespace

void add_verify(CLI::App& app, Run& run) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command =
        app.add_subcommand("verify", "Verify a project's log that somebody handed out, without a server");
    command->add_option("bundle", options->bundle, "The log as a bundle; '-' reads standard input");
    command
        ->add_option("--key", options->keys,
                     "The server's key from elsewhere: name+id+base64, or base64 alone; repeatable")
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--checkpoint", options->checkpoints, "A checkpoint that you had before, as a file; repeatable")
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--proof", options->proof, "One decision instead: its .tlog-proof");
    command->add_option("--leaf", options->leaf, "With --proof: the entry, as a file");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(
        "Exit status: 0 verified; 2 the command or its input is wrong; 5 the disk; 6 not verified; 70 a bug.");
    command->callback([options, &run] {
        run = [options] {
            const auto done = run_verify(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
