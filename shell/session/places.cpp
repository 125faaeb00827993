#include "shell/session/places.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/checklist/answers.h"

namespace countersign::shell {

namespace {

constexpr size_t kPlace_characters = 80;
constexpr int kPlaceColour = 6;  // apart from the first colours of the rationale's evidence

std::vector<Evidence> places_of(std::string_view value) {
    return marked_places(value).value_or(std::vector<Evidence>());
}

std::string text_of(const std::vector<Evidence>& places) {
    std::string out;
    for (const Evidence& place : places) {
        out += concat(out.empty() ? "" : ",", place.begin, '-', place.end);
    }
    return out;
}

}  // namespace

std::string with_place(std::string_view value, size_t begin, size_t end) {
    std::vector<Evidence> places = places_of(value);
    const Evidence added{{}, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    const auto same = [&](const Evidence& one) { return one.begin == added.begin && one.end == added.end; };
    if (end > begin && std::none_of(places.begin(), places.end(), same)) {
        const auto at =
            std::find_if(places.begin(), places.end(), [&](const Evidence& one) { return one.begin > added.begin; });
        places.insert(at, added);
    }
    return text_of(places);
}

std::string without_place(std::string_view value, int index) {
    std::vector<Evidence> places = places_of(value);
    if (index >= 0 && static_cast<size_t>(index) < places.size()) {
        places.erase(places.begin() + index);
    }
    return text_of(places);
}

std::vector<EvidenceModel> place_models(std::string_view value, std::string_view text) {
    std::vector<EvidenceModel> out;
    const size_t length = utf8::length(text);
    for (const Evidence& place : places_of(value)) {
        if (place.end > length) {
            continue;
        }
        const size_t begin = utf8::byte_offset(text, place.begin);
        const size_t end = utf8::byte_offset(text, place.end);
        out.push_back({place.begin, place.end, utf8::shortened(text.substr(begin, end - begin), kPlace_characters),
                       kPlaceColour, std::to_string(out.size() + 1)});
    }
    return out;
}

}  // namespace countersign::shell
