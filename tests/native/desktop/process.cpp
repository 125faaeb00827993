#include "tests/native/desktop/process.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include <catch_amalgamated.hpp>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): POSIX's name

namespace countersign::desktop::test {

namespace {

constexpr int64_t kGuard_ms = 20'000;

int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::vector<std::string> changed_environment(const Process::Environment& changes) {
    std::vector<std::string> out;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string one = *variable;
        if (!changes.contains(one.substr(0, one.find('=')))) {
            out.push_back(one);
        }
    }
    for (const auto& [name, value] : changes) {
        if (!value.empty()) {
            out.emplace_back(name).append("=").append(value);
        }
    }
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    out.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        out.push_back(text.data());
    }
    out.push_back(nullptr);
    return out;
}

}  // namespace

Process::Process(std::vector<std::string> command, const Environment& changes) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    int ends[3] = {};
    for (int i = 0; i < 3; ++i) {
        int both[2] = {};
        REQUIRE(::pipe2(both, O_CLOEXEC) == 0);
        pipes_[i] = both[0];
        // Above the numbers that the program gets, so that none is overwritten before it is used.
        ends[i] = ::fcntl(both[1], F_DUPFD_CLOEXEC, 10);
        ::close(both[1]);
        ::posix_spawn_file_actions_adddup2(&actions, ends[i], i + 1);
    }
    // As if a person had started it: a test may itself run where these are ignored.
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t ordinary;
    sigemptyset(&ordinary);
    ::posix_spawnattr_setsigmask(&attributes, &ordinary);
    sigaddset(&ordinary, SIGINT);
    sigaddset(&ordinary, SIGTERM);
    ::posix_spawnattr_setsigdefault(&attributes, &ordinary);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> environment = changed_environment(changes);
    const int failed = ::posix_spawnp(&pid_, command.front().c_str(), &actions, &attributes, pointers(command).data(),
                                      pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    for (const int end : ends) {
        ::close(end);
    }
    INFO(command.front());
    REQUIRE(failed == 0);
}

Process::~Process() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    for (const int pipe : pipes_) {
        ::close(pipe);
    }
}

// False when all of the program's output has ended, or time is over.
bool Process::read_more(int64_t until_ms) {
    pollfd waiting[3];
    int open = 0;
    for (int i = 0; i < 3; ++i) {
        waiting[i] = {pipes_[i], POLLIN, 0};
        open += pipes_[i] >= 0 ? 1 : 0;
    }
    const int64_t left_ms = until_ms - now_ms();
    if (open == 0 || left_ms <= 0 || ::poll(waiting, 3, static_cast<int>(left_ms)) <= 0) {
        return false;
    }
    for (int i = 0; i < 3; ++i) {
        char buffer[64 * 1024];
        if (waiting[i].revents == 0) {
            continue;
        }
        const ssize_t got = ::read(pipes_[i], buffer, sizeof buffer);
        if (got > 0) {
            said_[i].append(buffer, static_cast<size_t>(got));
        } else {
            ::close(pipes_[i]);
            pipes_[i] = -1;
        }
    }
    return true;
}

bool Process::says(std::string_view words, size_t from, int descriptor) {
    const int64_t until_ms = now_ms() + kGuard_ms;
    while (said(descriptor).find(words, from) == std::string::npos) {
        if (!read_more(until_ms)) {
            return false;
        }
    }
    return true;
}

void Process::send(int signal) const {
    REQUIRE(pid_ > 0);
    ::kill(pid_, signal);
}

int Process::wait() {
    const int64_t until_ms = now_ms() + kGuard_ms;
    while (read_more(until_ms)) {
    }
    if (now_ms() >= until_ms) {
        return -1;
    }
    int status = 0;
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool is_installed(const std::string& program) {
    const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (::access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace countersign::desktop::test
