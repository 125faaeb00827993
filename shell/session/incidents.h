#pragma once
// What leads are told of: events of the log in sentences (GET .../incidents, core/api/lead_answers.cpp).

#include <string_view>
#include <vector>

#include "shell/models/settle.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

// Of the server's answer, in its order. Errors: invalid_argument when it cannot be read.
Result<std::vector<IncidentModel>> incident_models(const Workplace& work, std::string_view body);

}  // namespace countersign::shell
