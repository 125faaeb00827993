// Bodies that a device posts, by a signed-in reviewer: the first line says which of the routes that take one.

#include "core/api/routes.h"
#include "core/json/json.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/memory_server.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

// Every route by which a reviewer's device sends something about a project, as they are listed.
std::vector<std::string> posted_paths() {
    std::vector<std::string> paths;
    for (const api::Route& route : api::routes()) {
        const bool posted = route.method == "POST" && route.right == api::Right::review;
        if (posted && route.pattern.starts_with("/api/v1/projects/{project}/")) {
            std::string path(route.pattern);
            path.replace(path.find("{project}"), std::string_view("{project}").size(), "city");
            paths.push_back(path);
        }
    }
    return paths;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const std::vector<std::string> kPaths = posted_paths();
    std::string_view rest = text_of(data, size);
    const std::string_view which = take_line(rest);
    const size_t index = which.empty() ? 0 : static_cast<unsigned char>(which.front()) % kPaths.size();
    const api::Response response = memory_server(500).ask(MemoryServer::Who::reviewer, "POST", kPaths[index], rest);
    CS_CHECK(response.status < 500);
    CS_CHECK(response.body.empty() || parse_json(response.body).ok());
    return 0;
}
