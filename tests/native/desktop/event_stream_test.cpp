#include "native/desktop/link/event_stream.h"

#include <string>

#include <catch_amalgamated.hpp>

using namespace countersign::desktop;

TEST_CASE("events are counted wherever the stream is cut, comments are not") {
    struct Case {
        const char* stream;
        int events;
    };

    const auto one =
        GENERATE(Case{": open\n\n", 0}, Case{"event: poke\ndata: {}\n\n", 1},
                 Case{": open\n\nevent: poke\ndata: 1\n\n:\n\ndata: 2\n\n", 2}, Case{"data: a\r\n\r\ndata: b\r\r", 2},
                 Case{"data: unfinished\n", 0}, Case{"\n\n\n", 0}, Case{"data:x\n:a comment within\n\n", 1});
    const std::string stream = one.stream;
    CAPTURE(stream);
    for (size_t first = 0; first <= stream.size(); ++first) {
        for (size_t second = first; second <= stream.size(); ++second) {
            EventStream reader;
            int events = reader.feed(stream.substr(0, first));
            events += reader.feed(stream.substr(first, second - first));
            events += reader.feed(stream.substr(second));
            CHECK(events == one.events);
        }
    }
}
