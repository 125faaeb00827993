// Lines of an import, in pieces, into a real store: each is taken or refused by its number, and none is a 5xx.

#include "core/json/json.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/memory_server.h"

using namespace countersign;
using namespace countersign::fuzz;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view lines = text_of(data, size);
    MemoryServer& server = memory_server(500);
    const api::Response first =
        server.ask(MemoryServer::Who::owner, "POST", "/api/v1/projects/city/predictions", lines);
    CS_CHECK(first.status < 500);
    const auto summary = parse_json(first.body);
    CS_CHECK(summary.ok());
    if (first.status >= 400) {
        return 0;
    }
    // The same again changes nothing.
    const api::Response second =
        server.ask(MemoryServer::Who::owner, "POST", "/api/v1/projects/city/predictions", lines);
    const Json again = parse_json(second.body).value();
    CS_CHECK(*again.find("items")->integer() == 0);
    CS_CHECK(*again.find("failed")->integer() >= *summary.value().find("failed")->integer());
    return 0;
}
