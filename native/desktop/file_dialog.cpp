#include "native/desktop/file_dialog.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/platform/files.h"

extern char** environ;

namespace countersign::desktop {

namespace {

// The first of the search path's folders that has this program; empty when none has.
std::string find_program(std::string_view search, std::string_view name) {
    while (!search.empty()) {
        const size_t colon = search.find(':');
        const std::string path = concat(search.substr(0, colon), "/", name);
        if (::access(path.c_str(), X_OK) == 0) {
            return path;
        }
        search = colon == std::string_view::npos ? std::string_view() : search.substr(colon + 1);
    }
    return {};
}

std::vector<std::string> dialog_command(std::string_view search, std::string_view ending) {
    const std::string pattern = concat("*", ending);
    if (std::string zenity = find_program(search, "zenity"); !zenity.empty()) {
        return {std::move(zenity), "--file-selection", concat("--file-filter=", pattern), "--file-filter=*"};
    }
    if (std::string kdialog = find_program(search, "kdialog"); !kdialog.empty()) {
        return {std::move(kdialog), "--getopenfilename", ".", pattern};
    }
    return {};
}

// All that it prints, with the standard output as a pipe; 0 for a program that could not be started.
pid_t start(const std::vector<std::string>& command, int output) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : command) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    // The dialog is to end by the signals that end any program; this one has some of them blocked.
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t program = 0;
    const int failed =
        ::posix_spawn(&program, command.front().c_str(), &actions, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? program : 0;
}

std::string read_all(int input) {
    std::string out;
    char piece[4'096];
    for (;;) {
        const ssize_t got = ::read(input, piece, sizeof piece);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return out;
        }
        out.append(piece, static_cast<size_t>(std::max<ssize_t>(got, 0)));
    }
}

}  // namespace

shell::FileOpened read_chosen_file(const std::string& path) {
    shell::FileOpened out;
    out.name = std::filesystem::path(path).filename().string();
    auto bytes = native::read_file(path, shell::kOpenedFileLimit_bytes);
    if (bytes.ok()) {
        out.bytes = std::move(bytes).value();
    } else {
        out.problem = bytes.error().message;
    }
    return out;
}

FileDialog::~FileDialog() {
    if (const pid_t program = program_; program > 0) {
        ::kill(program, SIGTERM);
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

void FileDialog::open(std::string_view ending) {
    if (open_) {
        return;
    }
    const std::vector<std::string> command = dialog_command(search_, ending);
    if (command.empty()) {
        chosen_({concat("a file (", ending, ")"),
                 {},
                 "there is no file dialog on this machine (zenity or kdialog); drop the file on the window instead"});
        return;
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    open_ = true;
    thread_ = std::thread([this, command] { run(command); });
}

void FileDialog::run(const std::vector<std::string>& command) {
    int pipe_ends[2];
    std::string path;
    if (::pipe2(pipe_ends, O_CLOEXEC) == 0) {
        program_ = start(command, pipe_ends[1]);
        ::close(pipe_ends[1]);
        path = program_ > 0 ? read_all(pipe_ends[0]) : std::string();
        ::close(pipe_ends[0]);
        int status = 0;
        const pid_t program = program_.exchange(0);
        const bool ended = program > 0 && ::waitpid(program, &status, 0) == program;
        path = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? path : std::string();
    }
    path.erase(std::find(path.begin(), path.end(), '\n'), path.end());
    shell::FileOpened file = path.empty() ? shell::FileOpened() : read_chosen_file(path);
    open_ = false;
    if (!path.empty()) {
        inbox_.post([this, file = std::move(file)]() mutable { chosen_(std::move(file)); });
    }
}

}  // namespace countersign::desktop
