#pragma once
// Places in a document as answers of evidence questions have them: "12-30,41-44" (core/checklist/answers.h).

#include <string>
#include <string_view>
#include <vector>

#include "shell/models/full.h"

namespace countersign::shell {

// With this place, in the order of the text; the same place again changes nothing.
std::string with_place(std::string_view value, size_t begin, size_t end);
std::string without_place(std::string_view value, int index);

// As the desk shows them, with what stands there in `text`; what is not in the text is left out.
std::vector<EvidenceModel> place_models(std::string_view value, std::string_view text);

}  // namespace countersign::shell
