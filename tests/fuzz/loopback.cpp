#include "tests/fuzz/loopback.h"

#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/check.h"

namespace countersign::fuzz {

namespace {

// Some thousand connections a second: their ports are free again at once, or waited for.
int connect_to(uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (;;) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CS_CHECK(fd >= 0);
        constexpr linger kAtOnce{1, 0};
        CS_CHECK(::setsockopt(fd, SOL_SOCKET, SO_LINGER, &kAtOnce, sizeof kAtOnce) == 0);
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            return fd;
        }
        CS_CHECK(errno == EINTR || errno == EADDRNOTAVAIL);  // EINTR: by libFuzzer's alarm
        ::close(fd);
    }
}

}  // namespace

std::string exchange(uint16_t port, std::string_view bytes) {
    constexpr int kPatience_ms = 20'000;
    const int fd = connect_to(port);
    std::string received;
    std::array<char, 4'096> buffer{};
    for (bool sending = true;;) {
        pollfd state{fd, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
        const int ready = ::poll(&state, 1, kPatience_ms);
        if (ready < 0 && errno == EINTR) {
            continue;  // by libFuzzer's alarm
        }
        CS_CHECK(ready > 0);  // otherwise the server is stuck
        if ((state.revents & (POLLIN | POLLERR | POLLHUP)) != 0) {
            const ssize_t count = ::recv(fd, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                break;
            }
            received.append(buffer.data(), static_cast<size_t>(count));
        } else if (sending && !bytes.empty()) {
            const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            bytes.remove_prefix(count > 0 ? static_cast<size_t>(count) : bytes.size());
        }
        if (sending && bytes.empty()) {
            sending = false;
            ::shutdown(fd, SHUT_WR);
        }
    }
    ::close(fd);
    return received;
}

}  // namespace countersign::fuzz
