#include "native/cli/stats/answer_options.h"

#include <CLI/CLI.hpp>

namespace countersign::native {

void add_answer_options(CLI::App& command, AnswerOptions& options) {
    command
        .add_option("file", options.file,
                    "Answers as CSV or JSON Lines: item, reviewer, label; '-' reads standard input")
        ->required();
    command.add_option("--labels", options.labels, "All labels that there are, in their order: a,b,c")->delimiter(',');
}

}  // namespace countersign::native
