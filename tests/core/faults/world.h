#pragma once
// A server and a device of it, both with their stores on one disk that can fail.

#include <memory>
#include <string>
#include <string_view>

#include "tests/support/device.h"
#include "tests/support/fault_disk.h"
#include "tests/support/server.h"
#include "tests/support/store_check.h"

namespace countersign::faults {

enum class Side : uint8_t {
    server,  // with a second connection that reads, as a server's other threads have
    device,  // alone with its files, as a browser's tab is
};

store::OpenOptions store_of(Side side);
testing::Breaches check_store(Side side, store::Database& database);

class World {
public:
    // `life`: which start of the machine this is; what is drawn by chance differs between them.
    World(testing::FaultDisk& d, uint64_t life) : disk(d), life_(life) {}

    Status open_server();
    Status open_device();

    // A request with all rights; what the server answers as an error is one here.
    Status ask(std::string_view method, std::string_view target, std::string_view body = {},
               std::string_view content_type = "application/json");

    // One as a reviewer: what is asked by devices.
    Status ask_as_reviewer(std::string_view method, std::string_view target, std::string_view body = {});

    // The feed from its beginning, and a snapshot: what a device of the city would be given.
    Status read_feed();

    // Device and server say to each other what there is; what stands between them otherwise.
    Status exchange();
    // The same until they are at one: what the device sent is judged, and it hears of it.
    Status sync();

    store::Database& database(Side side);
    // As the device shows it.
    Result<ItemState> item(std::string_view id);

    testing::FaultDisk& disk;
    std::unique_ptr<testing::TestServer> server;
    std::unique_ptr<store::Database> reader;
    std::unique_ptr<testing::TestDevice> device;

private:
    uint64_t life_;
};

// Nothing when the answer is good; else what it says is wrong.
Status good(const testing::TestServer::Answer& answer);

// Messages of a city with their predictions, as lines to import; the numbers are part of their ids.
std::string city_lines(int from, int to, std::string_view confidence, std::string_view model = "topics-1");

}  // namespace countersign::faults
