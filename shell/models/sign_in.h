#pragma once

#include <string>

namespace countersign::shell {

struct SignInModel {
    std::string server;  // whom one signs in to
    std::string name;    // as typed so far
    std::string password;
    std::string problem;  // why it did not work, a sentence
    bool busy = false;
    bool offline = false;    // no server to be reached
    bool is_demo = false;    // one click, no password; the screen says that it is a demo
    std::string demo_words;  // what the demo holds: "402 messages to a city's citizen service"
};

}  // namespace countersign::shell
