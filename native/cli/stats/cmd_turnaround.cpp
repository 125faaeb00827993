#include <algorithm>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/calendar/business_time.h"
#include "core/calendar/calendar_json.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/stats_files.h"
#include "native/cli/stats/turnaround_text.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

constexpr uint64_t kCalendarFile_bytes = 1 << 20;
// What was reviewed outside of all hours took some time.
constexpr double kLeast_s = 1;

struct TurnaroundCommand {
    std::string file;
    std::string calendar;
    std::string as_of;
    bool json = false;
};

Result<calendar::Calendar> calendar_of(const std::string& file) {
    if (file.empty()) {
        return calendar::Calendar::around_the_clock();
    }
    const std::string bytes = CS_TRY(read_file(file, kCalendarFile_bytes));
    const auto json = parse_json(bytes);
    if (!json.ok()) {
        return json.error().at(file);
    }
    auto calendar = calendar::load_calendar(json.value(), "");
    return calendar.ok() ? std::move(calendar) : Result<calendar::Calendar>(calendar.error().at(file));
}

// As of when files with times are seen: as was asked, else the latest time that they have.
Result<Instant> end_of(const TurnaroundCommand& options, const table::NamedTimes& named) {
    if (!options.as_of.empty()) {
        const auto asked = parse_rfc3339(options.as_of);
        return asked.ok() ? asked : Result<Instant>(asked.error().at("--as-of"));
    }
    Instant last = named.reviews.front().started.value_or(Instant{});
    for (const table::ReviewTime& review : named.reviews) {
        last = std::max({last, review.started.value_or(last), review.ended.value_or(last)});
    }
    return last;
}

Status check(const TurnaroundCommand& options, const table::NamedTimes& named) {
    for (const auto& [value, name] :
         {std::pair(&options.calendar, "--calendar"), std::pair(&options.as_of, "--as-of")}) {
        if (!value->empty() && !named.has_instants) {
            return fail(ErrorCode::invalid_argument, "needs a file with 'started' and 'finished' as times", name);
        }
    }
    return success();
}

// Nothing for a review that began later.
std::optional<survival::Turn> turn_of(const table::ReviewTime& review, const calendar::Calendar& calendar,
                                      Instant end) {
    survival::Turn out{.item = review.item, .reviewer = review.reviewer, .seconds = review.seconds};
    bool finished = review.finished;
    if (review.started) {
        if (*review.started > end) {
            return std::nullopt;
        }
        finished = finished && *review.ended <= end;
        const Duration worked = business_time_between(calendar, *review.started, finished ? *review.ended : end);
        out.seconds = std::max(static_cast<double>(worked.us) / 1e6, finished ? kLeast_s : 0);
    }
    out.ending = finished ? survival::Ending::finished : survival::Ending::censored;
    return out;
}

Result<TurnaroundOutcome> outcome_of(const TurnaroundCommand& options, const table::NamedTimes& named) {
    CS_TRY_STATUS(check(options, named));
    const calendar::Calendar calendar = CS_TRY(calendar_of(options.calendar));
    const Instant end = CS_TRY(end_of(options, named));
    std::vector<survival::Turn> turns;
    std::vector<survival::Observation> all;
    std::vector<std::vector<survival::Observation>> by_reviewer(named.reviewers.names().size());
    for (const table::ReviewTime& review : named.reviews) {
        if (const auto turn = turn_of(review, calendar, end)) {
            turns.push_back(*turn);
            all.push_back({turn->seconds, turn->ending});
            by_reviewer[turn->reviewer].push_back(all.back());
        }
    }
    if (turns.empty()) {
        return fail(ErrorCode::invalid_argument, "is before every review of the file", "--as-of");
    }
    TurnaroundOutcome out{.named = named,
                          .all = survival::kaplan_meier(all),
                          .history = survival::learn(turns, named.items.names().size(), by_reviewer.size()),
                          .reviewers = {},
                          .left_out = named.reviews.size() - turns.size(),
                          .working_time = !options.calendar.empty()};
    for (const auto& observations : by_reviewer) {
        out.reviewers.push_back(survival::kaplan_meier(observations));
    }
    return out;
}

Status run_turnaround(const TurnaroundCommand& options) {
    const table::NamedTimes named = CS_TRY(read_durations(options.file));
    const TurnaroundOutcome outcome = CS_TRY(outcome_of(options, named));
    print_raw(options.json ? turnaround_json(outcome) : turnaround_text(outcome));
    return success();
}

}  // namespace

void add_stats_turnaround(CLI::App& stats, Run& run) {
    auto options = std::make_shared<TurnaroundCommand>();
    CLI::App* command =
        stats.add_subcommand("turnaround", "How long reviews take, those that are not finished counted as such");
    command
        ->add_option(
            "file", options->file,
            "Reviews as CSV or JSON Lines: item, reviewer, and seconds with finished (yes, no), or started and "
            "finished as times; '-' reads standard input")
        ->required();
    command->add_option("--calendar", options->calendar, "Count working time only, by this business calendar (JSON)");
    command->add_option("--as-of", options->as_of, "See the file as of this time; otherwise of the latest one in it");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_turnaround(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
