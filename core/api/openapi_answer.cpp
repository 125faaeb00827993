#include "core/api/answers.h"

namespace countersign::embedded {
// assets/api/openapi.json; tests/core/api/openapi_test.cpp holds it against the routes.
extern const std::string_view openapi_document;
}  // namespace countersign::embedded

namespace countersign::api {

Response get_openapi(const Call&, Workspace&) {
    return json_response(200, std::string(embedded::openapi_document));
}

}  // namespace countersign::api
