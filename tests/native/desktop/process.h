#pragma once
// Another program, run by a test: its output as it comes, its end, a signal to it. Killed by its number when a test
// leaves it behind.

#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace countersign::desktop::test {

class Process {
public:
    using Environment = std::map<std::string, std::string>;

    // `changes` to this process's environment; an empty value takes a variable away. What the program writes to its
    // descriptors 1, 2 and 3 is collected.
    Process(std::vector<std::string> command, const Environment& changes);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // True as soon as standard output (2: error, 3: the third), from `from` on, has these words; false when the program
    // ends or the guard time is over before.
    bool says(std::string_view words, size_t from = 0, int descriptor = 1);

    const std::string& said(int descriptor = 1) const { return said_[descriptor - 1]; }

    void send(int signal) const;
    // Waits for the end; the exit status, or -1 when it was killed or did not end within the guard time.
    int wait();

private:
    bool read_more(int64_t until_ms);

    pid_t pid_ = -1;
    int pipes_[3] = {-1, -1, -1};
    std::string said_[3];
};

// Whether there is such a program on the PATH.
bool is_installed(const std::string& program);

}  // namespace countersign::desktop::test
