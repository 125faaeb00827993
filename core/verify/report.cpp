#include "core/verify/report.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace countersign::verify {

namespace {

// A failure quotes what it is about, which may be as long as an entry.
constexpr size_t kSentence_characters = 500;

}  // namespace

const CheckInfo& check_info(Check check) {
    static constexpr std::array<CheckInfo, kChecks> kTable = {{
        {"file", "The file is whole and unchanged since it was made", "files"},
        {"lines", "Every line can be read", "lines"},
        {"leaves", "Every entry has the one written form of its kind", "entries"},
        {"numbers", "Entries are numbered without a gap", "entries"},
        {"project", "Every entry belongs to this project", "entries"},
        {"operations", "What a device sent agrees with the entry that records it", "operations"},
        {"streams", "What each device sent is complete and in its order", "operations"},
        {"signatures", "Devices signed all that they sent", "signatures"},
        {"checkpoints", "Checkpoints follow each other and cover every entry", "checkpoints"},
        {"roots", "Entries are the ones that the checkpoints were made over", "checkpoints"},
        {"seals", "Checkpoints are signed with the server's key", "signatures"},
        {"keys", "Keys that came along fit this log, and the key that you gave", "keys"},
        {"epochs", "Each new start of the server tells what it continues", "starts"},
        {"seen", "What devices had seen of the log is this log", "checkpoints"},
        {"texts", "Texts are the ones that entries speak of", "texts"},
        {"erasures", "Texts that were erased are not there", "erased texts"},
        {"own_checkpoints", "The log agrees with the checkpoints that you brought", "checkpoints"},
    }};
    return kTable[static_cast<size_t>(check)];
}

void Findings::fail(Check check, Place place, std::string_view sentence) {
    ++report_.checks[static_cast<size_t>(check)].failed;
    ++report_.failed;
    if (report_.failures.size() < kFailuresKept) {
        report_.failures.push_back({check, place, utf8::shortened(sentence, kSentence_characters)});
    }
}

void Findings::fact(std::string_view kind, Place place, std::string_view sentence) {
    if (report_.facts.size() < kFactsKept) {
        report_.facts.push_back({std::string(kind), place, std::string(sentence)});
    }
}

void Findings::count_type(std::string_view type) {
    const std::string name(type.size() <= 100 ? type : "...");
    const auto found = report_.types.find(name);
    if (found != report_.types.end()) {
        ++found->second;
    } else {
        ++report_.types[report_.types.size() < kTypesKept ? name : "..."];
    }
}

void Findings::sort() {
    const auto line_of = [](const Failure& failure) {
        return failure.place.line == 0 ? UINT64_MAX : failure.place.line;
    };
    std::stable_sort(report_.failures.begin(), report_.failures.end(),
                     [&](const Failure& a, const Failure& b) { return line_of(a) < line_of(b); });
}

}  // namespace countersign::verify
