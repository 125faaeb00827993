#pragma once
// An agreement report in words and as JSON.

#include <string>

#include "core/agreement/report.h"
#include "core/table/answers.h"

namespace countersign::native {

std::string agreement_text(const agreement::AgreementReport& report, const table::NamedAnswers& named);
std::string agreement_json(const agreement::AgreementReport& report, const table::NamedAnswers& named);

}  // namespace countersign::native
