#include "native/desktop/link/event_stream.h"

namespace countersign::desktop {

int EventStream::feed(std::string_view piece) {
    int events = 0;
    for (const char c : piece) {
        const bool second_of_pair = c == '\n' && after_return_;
        after_return_ = c == '\r';
        if (second_of_pair) {
            continue;
        }
        if (c != '\n' && c != '\r') {
            comment_ = line_is_empty_ ? c == ':' : comment_;
            line_is_empty_ = false;
            continue;
        }
        if (line_is_empty_ && has_data_) {
            ++events;
            has_data_ = false;
        }
        has_data_ = has_data_ || (!line_is_empty_ && !comment_);
        line_is_empty_ = true;
        comment_ = false;
    }
    return events;
}

}  // namespace countersign::desktop
