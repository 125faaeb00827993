#include "core/policy_change/order.h"

#include <algorithm>
#include <map>

namespace countersign::policy_change {

namespace {

void match_by_id(const JsonArray& before, const JsonArray& after, Matching& out) {
    std::map<std::string, size_t> places;
    for (size_t i = 0; i < before.size(); ++i) {
        places.emplace(before[i].text_of("id"), i);
    }
    for (size_t i = 0; i < after.size(); ++i) {
        const auto found = places.find(after[i].text_of("id"));
        out.partner[i] = found == places.end() ? std::nullopt : std::optional(found->second);
    }
}

// Of those without a partner, by content; nothing for a content that two have.
std::map<std::string, std::optional<size_t>> by_content(const JsonArray& parts, const std::vector<size_t>& left,
                                                        std::string (*content)(const Json&)) {
    std::map<std::string, std::optional<size_t>> out;
    for (const size_t i : left) {
        const std::string text = content(parts[i]);
        if (!text.empty() && !out.emplace(text, i).second) {
            out[text] = std::nullopt;
        }
    }
    return out;
}

std::vector<size_t> without_partner(const JsonArray& before, const Matching& matching) {
    std::vector<bool> taken(before.size(), false);
    for (const auto& partner : matching.partner) {
        if (partner) {
            taken[*partner] = true;
        }
    }
    std::vector<size_t> out;
    for (size_t i = 0; i < before.size(); ++i) {
        if (!taken[i]) {
            out.push_back(i);
        }
    }
    return out;
}

// The longest ascending run of partners keeps its place (O(n^2); lists have at most a thousand parts).
void mark_moved(Matching& out) {
    std::vector<size_t> matched;
    for (size_t i = 0; i < out.partner.size(); ++i) {
        if (out.partner[i]) {
            matched.push_back(i);
        }
    }
    std::vector<size_t> length(matched.size(), 1);
    std::vector<size_t> from(matched.size());
    size_t best = 0;
    for (size_t i = 0; i < matched.size(); ++i) {
        from[i] = i;
        for (size_t j = 0; j < i; ++j) {
            if (*out.partner[matched[j]] < *out.partner[matched[i]] && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                from[i] = j;
            }
        }
        best = length[i] > length[best] ? i : best;
    }
    for (const size_t i : matched) {
        out.moved[i] = true;
    }
    for (size_t i = best; !matched.empty(); i = from[i]) {
        out.moved[matched[i]] = false;
        if (from[i] == i) {
            break;
        }
    }
}

}  // namespace

Matching match(const JsonArray& before, const JsonArray& after, std::string (*content)(const Json&)) {
    Matching out;
    out.partner.resize(after.size());
    out.moved.resize(after.size(), false);
    match_by_id(before, after, out);
    std::vector<size_t> fresh;
    for (size_t i = 0; i < after.size(); ++i) {
        if (!out.partner[i]) {
            fresh.push_back(i);
        }
    }
    const auto gone = by_content(before, without_partner(before, out), content);
    for (const auto& [text, place] : by_content(after, fresh, content)) {
        const auto found = gone.find(text);
        if (place && found != gone.end() && found->second) {
            out.partner[*place] = *found->second;
        }
    }
    out.gone = without_partner(before, out);
    mark_moved(out);
    return out;
}

}  // namespace countersign::policy_change
