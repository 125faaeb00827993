#pragma once
// Lets the person choose a file: by the dialog of the desktop that is there (zenity for GNOME and most others, kdialog
// for KDE), run as a program of its own, so that the desk goes on meanwhile.
//
// Contract: frame thread; what was chosen comes through the inbox, which outlives the dialog. One dialog at a time;
// asking again while one is open does nothing. A dialog that is still open when this ends is closed.

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "native/desktop/link/inbox.h"
#include "shell/platform/input.h"

namespace countersign::desktop {

// The file, or why it cannot be read, with its name: for dialogs, and for files that are dropped on the window.
shell::FileOpened read_chosen_file(const std::string& path);

class FileDialog {
public:
    using Chosen = std::function<void(shell::FileOpened)>;

    // `search`: folders with programs, separated by colons, as in PATH.
    FileDialog(Inbox& inbox, std::string search, Chosen chosen)
        : inbox_(inbox), search_(std::move(search)), chosen_(std::move(chosen)) {}

    ~FileDialog();
    FileDialog(const FileDialog&) = delete;
    FileDialog& operator=(const FileDialog&) = delete;

    // Where no dialog is, a problem is chosen that says so.
    void open(std::string_view ending);

private:
    void run(const std::vector<std::string>& command);

    Inbox& inbox_;
    std::string search_;
    Chosen chosen_;
    std::thread thread_;
    std::atomic<bool> open_{false};
    std::atomic<pid_t> program_{0};
};

}  // namespace countersign::desktop
