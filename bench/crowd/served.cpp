#include "bench/crowd/served.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

#include "bench/loopback.h"
#include "core/base/concat.h"
#include "native/server/data_folder.h"

namespace countersign::bench {

namespace {

// Its standard output's first line.
std::string address_of(int pipe) {
    std::string line;
    std::array<char, 256> buffer{};
    while (line.find('\n') == std::string::npos) {
        const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
        if (count <= 0) {
            give_up("the server did not start");
        }
        line.append(buffer.data(), static_cast<size_t>(count));
    }
    return line.substr(0, line.find('\n'));
}

}  // namespace

Served::Served(const std::filesystem::path& program, const std::filesystem::path& folder) {
    const std::filesystem::path data = folder / "data";
    // What is measured is the server, not how long a burst lasts.
    std::filesystem::create_directories(folder);
    const std::filesystem::path limits = folder / "limits.json";
    std::ofstream(limits) << R"({"rates":{"pushes":{"account":{"count":6000,"per":"1m","burst":6000}}}})";
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) {
        give_up("no pipe");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execl(program.c_str(), program.c_str(), "serve", "--data", data.c_str(), "--port", "0", "--limits",
                limits.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(pipe[1]);
    const auto endpoint = http::parse_endpoint(address_of(pipe[0]));
    if (!endpoint.ok()) {
        give_up(endpoint.error().text());
    }
    endpoint_ = endpoint.value();
    const auto announced = native::DataFolder::open(data).value().announced();
    if (!announced) {
        give_up("the server left no token");
    }
    token_ = announced->token;
    owner_ = std::make_unique<http::Client>(endpoint_);
}

Served::~Served() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
}

std::string Served::as_owner(std::string_view method, const std::string& target, std::string body,
                             std::string_view type) {
    const auto answer =
        owner_->send({.method = std::string(method),
                      .target = target,
                      .headers = {{"authorization", "Bearer " + token_}, {"content-type", std::string(type)}},
                      .body = std::move(body)});
    if (!answer.ok()) {
        give_up(answer.error().text());
    }
    if (answer.value().status / 100 != 2) {
        give_up(concat(target, ": ", answer.value().status, ' ', answer.value().body));
    }
    return answer.value().body;
}

long Served::memory_kib() const {
    std::ifstream status(concat("/proc/", pid_, "/status"));
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) {
            return std::strtol(line.c_str() + 8, nullptr, 10);
        }
    }
    return 0;
}

double Served::metric(std::string_view name) {
    std::istringstream page(as_owner("GET", "/metrics", "", "text/plain"));
    double sum = 0;
    for (std::string line; std::getline(page, line);) {
        const bool named = line.starts_with(name) && line.size() > name.size() &&
                           (line[name.size()] == ' ' || line[name.size()] == '{');
        sum += named ? std::strtod(line.c_str() + line.rfind(' '), nullptr) : 0;
    }
    return sum;
}

}  // namespace countersign::bench
