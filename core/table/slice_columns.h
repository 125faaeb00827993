#pragma once
// The columns slice_<name> of a file: to which slice of the data each record belongs.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/table/records.h"

namespace countersign::table {

// A column's name without slice_, and each record's value in it; empty where a record of JSON Lines leaves it out.
using Slices = std::map<std::string, std::vector<std::string>, std::less<>>;

// `row`: how many records were taken before this one.
inline void take_slices(Slices& slices, const Record& record, size_t row) {
    constexpr std::string_view kSlice = "slice_";
    for (const Field& field : record.fields) {
        if (field.name.starts_with(kSlice)) {
            std::vector<std::string>& values = slices[std::string(field.name.substr(kSlice.size()))];
            values.resize(row);
            values.emplace_back(field.value);
        }
    }
}

inline void finish_slices(Slices& slices, size_t rows) {
    for (auto& [name, values] : slices) {
        values.resize(rows);
    }
}

}  // namespace countersign::table
