#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/long_work.h"
#include "native/operate/doctor.h"

namespace countersign::native {

namespace {

constexpr int kDamaged = 6;

struct DoctorCommand {
    std::filesystem::path data = "data";
    std::filesystem::path keys;
    bool rebuild = false;
    bool json = false;
    bool quiet = false;
};

std::string as_json(const doctor::Diagnosis& diagnosis) {
    JsonWriter writer;
    writer.begin_object().member_bool("good", diagnosis.good()).name("checks").begin_array();
    for (const doctor::CheckResult& one : diagnosis.checks) {
        writer.begin_object().member("check", one.name).member("unit", one.unit);
        writer.member("done", static_cast<int64_t>(one.done)).member("failed", static_cast<int64_t>(one.failed));
        writer.member("took_ms", one.took.us / 1'000).end_object();
    }
    writer.end_array().name("findings").begin_array();
    for (const doctor::Finding& one : diagnosis.findings) {
        writer.begin_object()
            .member("check", one.check)
            .member("place", one.place)
            .member("what", one.what)
            .end_object();
    }
    return std::move(writer.end_array().end_object()).take();
}

std::string as_text(const doctor::Diagnosis& diagnosis) {
    std::string out;
    for (const doctor::CheckResult& one : diagnosis.checks) {
        out +=
            concat(one.failed == 0 ? "  good     " : "  DAMAGED  ", one.name, " (", grouped(one.done), ' ', one.unit);
        out += concat(one.failed == 0 ? std::string() : concat(", ", grouped(one.failed), " findings"), ", ",
                      one.took.us / 1'000, " ms)\n");
        for (const doctor::Finding& finding : diagnosis.findings) {
            if (finding.check == one.name) {
                out += concat("           ", finding.place, finding.place.empty() ? "" : ": ", finding.what, '\n');
            }
        }
    }
    return out;
}

void show(const DoctorCommand& options, const doctor::Diagnosis& diagnosis) {
    print_raw(options.json ? as_json(diagnosis) + '\n' : as_text(diagnosis));
}

// What was made right is told first; then whether all is well.
int run_rebuild(const DoctorCommand& options, LongWork& work) {
    const auto rebuilt = rebuild_folder({options.data, options.keys}, work.go_on());
    work.finish();
    if (!rebuilt.ok()) {
        return report_work(rebuilt.error());
    }
    note(concat("the store as it was is in ", rebuilt.value().copy.string()));
    if (!rebuilt.value().before.good() && !options.json) {
        print("found:");
        show(options, rebuilt.value().before);
        print("now:");
    }
    const auto now = examine_folder({options.data, options.keys}, work.go_on());
    work.finish();
    if (!now.ok()) {
        return report_work(now.error());
    }
    show(options, now.value());
    return now.value().good() ? 0 : kDamaged;
}

int run_doctor(const DoctorCommand& options) {
    LongWork work(options.quiet);
    if (options.rebuild) {
        return run_rebuild(options, work);
    }
    const auto diagnosis = examine_folder({options.data, options.keys}, work.go_on());
    work.finish();
    if (!diagnosis.ok()) {
        return report_work(diagnosis.error());
    }
    show(options, diagnosis.value());
    return diagnosis.value().good() ? 0 : kDamaged;
}

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
    auto options = std::make_shared<DoctorCommand>();
    CLI::App* command = app.add_subcommand("doctor", "Check everything that a data folder holds");
    command->add_option("--data", options->data, "Data folder")->envname("COUNTERSIGN_DATA")->default_str("data");
    command->add_option("--keys", options->keys, "Folder with the keys of its texts; the data folder otherwise");
    command->add_flag("--rebuild", options->rebuild, "Write what the log says where the store says something else");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(exit_statuses("", kStopped));
    command->callback([options, &run] { run = [options] { return run_doctor(*options); }; });
}

}  // namespace countersign::native
