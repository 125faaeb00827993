// Sends requests that were made beforehand, so that what a client costs is hardly in the figures of a server.
// Usage: http_replay PORT FILE
//   FILE: for each client a line "client", then for each of its requests a line with its size in bytes, and the request
//   as it goes over the wire. All clients at once, each on a connection and a thread of its own, one request after the
//   other. Prints one line of JSON: requests, seconds until the last answer, milliseconds of an answer (p50, p99).
// Any answer but 200 ends it with status 1.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/loopback.h"

namespace {

using namespace countersign::bench;
using Clock = std::chrono::steady_clock;

size_t number(std::string_view text) {
    size_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) {
        give_up("a size is not a number");
    }
    return out;
}

std::vector<std::vector<std::string>> read_clients(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(file, line);) {
        if (line == "client") {
            out.emplace_back();
            continue;
        }
        std::string request(number(line), '\0');
        if (out.empty() || !file.read(request.data(), static_cast<std::streamsize>(request.size())) ||
            file.get() != '\n') {
            give_up("the file is cut off");
        }
        out.back().push_back(std::move(request));
    }
    return out;
}

void send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            give_up("a request could not be sent");
        }
        bytes.remove_prefix(static_cast<size_t>(sent));
    }
}

// Both servers say how long their answers are.
size_t body_size(std::string_view head) {
    for (const std::string_view name : {"\r\ncontent-length: ", "\r\nContent-Length: "}) {
        if (const size_t at = head.find(name); at != std::string_view::npos) {
            const std::string_view rest = head.substr(at + name.size());
            return number(rest.substr(0, rest.find('\r')));
        }
    }
    give_up("an answer does not say how long it is");
}

void take_answer(int fd) {
    std::string answer;
    char buffer[16'384];
    size_t wanted = 0;
    while (wanted == 0 || answer.size() < wanted) {
        const ssize_t count = ::recv(fd, buffer, sizeof buffer, 0);
        if (count <= 0) {
            give_up("an answer did not come");
        }
        answer.append(buffer, static_cast<size_t>(count));
        const size_t end = answer.find("\r\n\r\n");
        if (wanted == 0 && end != std::string::npos) {
            wanted = end + 4 + body_size(std::string_view(answer).substr(0, end + 2));
        }
    }
    if (answer.compare(0, 12, "HTTP/1.1 200") != 0) {
        give_up(answer.substr(0, 600));
    }
}

void run(uint16_t port, const std::vector<std::string>& requests, std::vector<double>& taken_ms) {
    const int fd = connect_to(port);
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (const std::string& request : requests) {
        const auto began = Clock::now();
        send_all(fd, request);
        take_answer(fd);
        taken_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    }
    ::close(fd);
}

}  // namespace

// What throws here has no memory or no thread left; the benchmark may end then.
int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    if (argc != 3) {
        give_up("usage: http_replay PORT FILE");
    }
    const auto port = static_cast<uint16_t>(number(argv[1]));
    const auto clients = read_clients(argv[2]);
    std::vector<std::vector<double>> taken(clients.size());
    std::vector<std::thread> threads;
    threads.reserve(clients.size());
    const auto began = Clock::now();
    for (size_t i = 0; i < clients.size(); ++i) {
        threads.emplace_back([&, i] { run(port, clients[i], taken[i]); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
    std::vector<double> all;
    for (const std::vector<double>& one : taken) {
        all.insert(all.end(), one.begin(), one.end());
    }
    if (all.empty()) {
        give_up("there is no request in the file");
    }
    std::ranges::sort(all);
    const auto percentile = [&](size_t percent) { return all[std::min(all.size() - 1, all.size() * percent / 100)]; };
    std::printf(R"({"requests":%zu,"s":%.4f,"p50_ms":%.2f,"p99_ms":%.2f})"
                "\n",
                all.size(), seconds, percentile(50), percentile(99));
}
