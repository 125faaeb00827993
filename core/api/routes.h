#pragma once
// The API's routes: one table, from which requests are matched, rights are checked and the OpenAPI document is tested.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"
#include "core/api/rights.h"
#include "core/api/workspace.h"

namespace countersign::api {

// A request that was matched and allowed.
struct Call {
    const RequestHead& head;
    const std::string& body;
    const Principal& principal;
    std::vector<std::string> path;  // the values of the {parts}, in order

    const std::string& project() const { return path.front(); }
};

using Answer = Response (*)(const Call& call, Workspace& workspace);

struct Route {
    std::string_view method;
    std::string_view pattern;  // "/api/v1/projects/{project}/items/{item}"
    Right right;
    Lane lane;
    uint64_t ApiLimits::* body_limit;  // nullptr: no body
    Answer answer;                     // nullptr: streamed (ingest) or live
    bool slow = false;                 // takes a tenth of a second on purpose: not for a network thread
    Traffic traffic = Traffic::reads;
};

std::span<const Route> routes();

struct Match {
    const Route* route = nullptr;
    std::vector<std::string> path;
    std::string allowed_methods;  // when the path is known but not with this method
};

Match match(std::string_view method, std::string_view path);

}  // namespace countersign::api
