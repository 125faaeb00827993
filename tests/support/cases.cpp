#include "tests/support/cases.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

namespace countersign::testing {

namespace {

std::optional<std::string> read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string shared_folder() {
    const char* folder = std::getenv("COUNTERSIGN_SHARED");
    return folder != nullptr ? folder : COUNTERSIGN_SHARED_DEFAULT;
}

// The last part of the pointer, and the value that contains it.
std::pair<Json*, std::string> parent_of(Json& document, std::string_view pointer) {
    Json* at = &document;
    pointer.remove_prefix(1);
    for (size_t slash = pointer.find('/'); slash != std::string_view::npos; slash = pointer.find('/')) {
        const std::string part(pointer.substr(0, slash));
        pointer.remove_prefix(slash + 1);
        if (JsonArray* list = at->array()) {
            at = &list->at(static_cast<size_t>(std::stoul(part)));
        } else {
            auto member = std::find_if(at->object()->begin(), at->object()->end(),
                                       [&](const JsonMember& m) { return m.first == part; });
            REQUIRE(member != at->object()->end());
            at = &member->second;
        }
    }
    return {at, std::string(pointer)};
}

}  // namespace

std::string read_case(std::string_view name) {
    const std::string path = std::string(COUNTERSIGN_CASES) + "/" + std::string(name);
    auto bytes = read_whole(path);
    INFO(path);
    REQUIRE(bytes);
    return *bytes;
}

std::optional<std::string> read_shared(std::string_view name) {
    return read_whole(shared_folder() + "/" + std::string(name));
}

std::vector<std::string> list_shared(std::string_view folder, std::string_view ending) {
    std::vector<std::string> out;
    const std::string root = shared_folder();
    std::error_code absent;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + std::string(folder), absent)) {
        const std::string path = entry.path().string();
        if (entry.is_regular_file() && path.ends_with(ending)) {
            out.push_back(path.substr(root.size() + 1));
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

void set_at(Json& document, std::string_view pointer, const Json& value) {
    auto [parent, name] = parent_of(document, pointer);
    if (JsonArray* list = parent->array()) {
        list->at(static_cast<size_t>(std::stoul(name))) = value;
        return;
    }
    for (JsonMember& member : *parent->object()) {
        if (member.first == name) {
            member.second = value;
            return;
        }
    }
    parent->object()->emplace_back(name, value);
}

void remove_at(Json& document, std::string_view pointer) {
    auto [parent, name] = parent_of(document, pointer);
    if (JsonArray* list = parent->array()) {
        list->erase(list->begin() + static_cast<ptrdiff_t>(std::stoul(name)));
        return;
    }
    std::erase_if(*parent->object(), [&, &wanted = name](const JsonMember& member) { return member.first == wanted; });
}

}  // namespace countersign::testing
