#pragma once
// Reads server-sent events (HTML Living Standard, 9.2.6) as far as a hint needs it: whether an event has come. What
// stands in it is the server's matter; the desk pulls.

#include <string_view>

namespace countersign::desktop {

class EventStream {
public:
    // Takes the next bytes, cut anywhere. How many events they completed; comments are none.
    int feed(std::string_view piece);

private:
    bool line_is_empty_ = true;
    bool comment_ = false;
    bool has_data_ = false;
    bool after_return_ = false;
};

}  // namespace countersign::desktop
