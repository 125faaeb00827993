#include "core/table/durations.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign::table {

namespace {

Error bad_value(std::string_view column, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), column_place(column));
}

Result<bool> yes_or_no(std::string_view text) {
    constexpr std::array<std::string_view, 3> kYes{"yes", "true", "1"};
    constexpr std::array<std::string_view, 3> kNo{"no", "false", "0"};
    if (std::ranges::find(kYes, text) != kYes.end()) {
        return true;
    }
    if (std::ranges::find(kNo, text) != kNo.end()) {
        return false;
    }
    return bad_value("finished", concat("must be yes or no, but is '", utf8::shortened(text, 40), "'"));
}

Result<Instant> time_in(std::string_view column, std::string_view text) {
    const auto time = parse_rfc3339(text);
    return time.ok() ? time : Result<Instant>(bad_value(column, time.error().message));
}

Status read_seconds(const Record& record, ReviewTime& out) {
    const std::string_view text = CS_TRY(required(record, {"seconds"}));
    const auto seconds = read_number(text);
    if (!seconds.ok()) {
        return bad_value("seconds", seconds.error().message);
    }
    if (const auto finished = record.find("finished"); finished && !finished->empty()) {
        out.finished = CS_TRY(yes_or_no(*finished));
    }
    out.seconds = seconds.value();
    if (!std::isfinite(out.seconds) || out.seconds < 0 || (out.finished && out.seconds == 0)) {
        return bad_value("seconds", out.finished ? "must be above 0" : "must not be below 0");
    }
    return success();
}

Status read_instants(const Record& record, ReviewTime& out) {
    const std::string_view started = CS_TRY(required(record, {"started"}));
    out.started = CS_TRY(time_in("started", started));
    const auto finished = record.find("finished");
    out.finished = finished && !finished->empty();
    if (out.finished) {
        out.ended = CS_TRY(time_in("finished", *finished));
        if (*out.ended <= *out.started) {
            return bad_value("finished", "must be after 'started'");
        }
    }
    return success();
}

}  // namespace

Status DurationReader::take(const Record& record) {
    ReviewTime review;
    review.item = read_.items.number_of(CS_TRY(required(record, kItemColumns)));
    review.reviewer = read_.reviewers.number_of(CS_TRY(required(record, kReviewerColumns)));
    if (read_.reviews.empty()) {
        read_.has_instants = record.find("started").has_value() && !record.find("seconds").has_value();
    }
    CS_TRY_STATUS(read_.has_instants ? read_instants(record, review) : read_seconds(record, review));
    read_.reviews.push_back(review);
    return success();
}

Result<NamedTimes> DurationReader::finish() {
    if (read_.reviews.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no review in the file, only a header");
    }
    return std::move(read_);
}

}  // namespace countersign::table
