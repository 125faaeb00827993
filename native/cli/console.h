#pragma once
// What the command line says, and where: results on standard output, everything else on standard error.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/number_text.h"
#include "core/base/result.h"

namespace countersign::native {

void print(std::string_view text);       // to standard output, with a newline
void print_raw(std::string_view bytes);  // to standard output, as it is
void note(std::string_view text);        // to standard error, with a newline
// "countersign: project: there is no project 'x'"; returns the exit status of the error's code.
int report(const Error& error);

// A line on standard error that tells how far a long work is; silent where standard error is no terminal, and until 300
// ms have passed. "imported 120,000 lines, 41,200 a second"
class Progress {
public:
    explicit Progress(std::string_view verb, std::string_view noun);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void at(uint64_t done);
    // With a known end: adds a percentage and the time left.
    void at(uint64_t done, uint64_t total);
    void finish();

private:
    void show(uint64_t done, uint64_t total);

    std::string verb_;
    std::string noun_;
    int64_t began_us_;
    int64_t shown_us_ = 0;
    bool visible_ = false;
};

}  // namespace countersign::native
