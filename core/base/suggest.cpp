#include "core/base/suggest.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/base/concat.h"

namespace countersign {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Optimal string alignment distance, without regard to ASCII case. Source: Damerau 1964; Wagner and Fischer 1974.
size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<size_t> before(b.size() + 1);
    std::vector<size_t> last(b.size() + 1);
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, std::span<const std::string> known) {
    const std::string_view probe = name.substr(0, 64);
    const size_t limit = std::max<size_t>(1, probe.size() / 3);
    std::string best;
    size_t best_distance = limit + 1;
    for (const std::string& candidate : known) {
        const size_t distance = candidate.size() > 64 ? best_distance : edit_distance(probe, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
    if (const std::string near = nearest_name(name, known); !near.empty()) {
        return concat("; did you mean '", near, "'?");
    }
    if (known.empty() || known.size() > 8) {
        return {};
    }
    std::string out = "; known are ";
    for (size_t i = 0; i < known.size(); ++i) {
        const std::string_view joint = i == 0 ? "" : i + 1 == known.size() ? " and " : ", ";
        out += concat(joint, known[i]);
    }
    return out;
}

}  // namespace countersign
