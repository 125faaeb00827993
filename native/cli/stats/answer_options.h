#pragma once
// How commands on several reviewers' answers are asked: the file, and which labels there are.

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's
class App;
}

namespace countersign::native {

struct AnswerOptions {
    std::string file;
    std::vector<std::string> labels;  // empty: those that occur
};

void add_answer_options(CLI::App& command, AnswerOptions& options);

}  // namespace countersign::native
