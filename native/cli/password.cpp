#include "native/cli/password.h"

#include <cstdio>
#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace countersign::native {

std::string read_password(Asking asking) {
    std::string line;
    termios before{};
    const bool terminal =
        asking == Asking::at_terminal && ::isatty(STDIN_FILENO) != 0 && ::tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
        std::fputs("Password: ", stderr);
    }
    std::getline(std::cin, line);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        std::fputc('\n', stderr);
    }
    return line;
}

}  // namespace countersign::native
