// countersign-desk: the desk as a program of its own.

#include "native/desktop/options.h"
#include "native/desktop/say.h"
#include "native/desktop/windowed.h"
#include "native/desktop/windowless.h"
#include "native/platform/memory.h"

// NOLINTNEXTLINE(bugprone-exception-escape): what is thrown to here is a lack of memory, which ends the program
int main(int argc, char** argv) {
    using namespace countersign::desktop;
    countersign::native::end_when_memory_is_out();
    int status = 0;
    const auto options = read_options(argc, argv, status);
    if (!options) {
        return status;
    }
    const Places places = Places::of_this_process();
    const auto target = find_target(*options, places);
    if (!target.ok()) {
        return report(target.error());
    }
    return options->screenshot.empty() ? run_in_window(*options, places, target.value())
                                       : run_for_screenshot(*options, places, target.value());
}
