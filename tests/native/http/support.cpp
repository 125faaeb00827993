#include "tests/native/http/support.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/concat.h"

namespace countersign::http::test {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// Reads one answer from the front of `bytes`; true, and it is removed, when it is whole.
bool take_answer(std::string& bytes, bool head_only, bool ended, Answer& answer) {
    const size_t head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string::npos) {
        return false;
    }
    answer = {};
    const std::string_view head = std::string_view(bytes).substr(0, head_end + 2);
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    for (size_t at = head.find("\r\n") + 2; at < head.size();) {
        const size_t end = head.find("\r\n", at);
        const std::string_view line = head.substr(at, end - at);
        const size_t colon = line.find(": ");
        answer.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
        at = end + 2;
    }
    size_t at = head_end + 4;
    if (head_only || answer.status < 200 || answer.status == 204 || answer.status == 304) {
        answer.complete = true;
    } else if (answer.headers.contains("content-length")) {
        const size_t length = std::stoul(answer.headers["content-length"]);
        if (bytes.size() - at < length) {
            return false;
        }
        answer.body = bytes.substr(at, length);
        at += length;
        answer.complete = true;
    } else if (answer.headers.contains("transfer-encoding")) {
        while (!answer.complete) {
            const size_t line_end = bytes.find("\r\n", at);
            if (line_end == std::string::npos) {
                return false;
            }
            const size_t length = std::stoul(bytes.substr(at, line_end - at), nullptr, 16);
            if (bytes.size() < line_end + 2 + length + 2) {
                return false;
            }
            answer.body.append(bytes, line_end + 2, length);
            at = line_end + 2 + length + 2;
            answer.complete = length == 0;
        }
    } else {
        if (!ended) {
            return false;
        }
        answer.body = bytes.substr(at);
        at = bytes.size();
        answer.complete = true;
    }
    bytes.erase(0, at);
    return true;
}

}  // namespace

bool eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + kGuardTime;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        ::poll(nullptr, 0, 1);  // lets the others run on a busy machine
    }
    return true;
}

RawClient::RawClient(uint16_t port, int receive_buffer) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer != 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect to the server under test");
    }
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), received_(std::move(other.received_)) {}

RawClient::~RawClient() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

bool RawClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<size_t>(count));
    }
    return true;
}

size_t RawClient::send_some(std::string_view bytes) const {
    const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return count > 0 ? static_cast<size_t>(count) : 0;
}

void RawClient::end_sending() const {
    ::shutdown(fd_, SHUT_WR);
}

void RawClient::reset() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(fd_, -1));
}

bool RawClient::has_answer(std::chrono::milliseconds time) const {
    pollfd waiting{fd_, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(time.count())) != 0;
}

bool RawClient::more() {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(kGuardTime).count())) <= 0) {
        throw std::runtime_error("nothing came from the server, nor did it close");
    }
    char buffer[16 * 1024];
    const ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
    if (count > 0) {
        received_.append(buffer, static_cast<size_t>(count));
    }
    return count > 0;
}

Answer RawClient::receive(bool head_only) {
    Answer answer;
    for (bool open = true;;) {
        if (take_answer(received_, head_only, !open, answer)) {
            return answer;
        }
        if (!open) {
            return answer;
        }
        open = more();
    }
}

std::string RawClient::receive_until(std::string_view end) {
    for (;;) {
        const size_t at = received_.find(end);
        if (at != std::string::npos) {
            std::string taken = received_.substr(0, at + end.size());
            received_.erase(0, at + end.size());
            return taken;
        }
        if (!more()) {
            return std::exchange(received_, {});
        }
    }
}

std::string RawClient::receive_all() {
    while (more()) {
    }
    return std::exchange(received_, {});
}

bool RawClient::at_end() {
    while (more()) {
    }
    return true;
}

Answer ask(uint16_t port, std::string_view request) {
    RawClient client(port);
    client.send(request);
    return client.receive();
}

std::string get_request(std::string_view target, std::string_view more_headers) {
    return concat("GET ", target, " HTTP/1.1\r\nHost: localhost\r\n", more_headers, "\r\n");
}

std::string post_request(std::string_view target, std::string_view body, std::string_view more_headers) {
    return concat("POST ", target, " HTTP/1.1\r\nHost: localhost\r\nContent-Length: ", body.size(), "\r\n",
                  more_headers, "\r\n", body);
}

std::vector<Answer> parse_answers(std::string bytes) {
    std::vector<Answer> answers;
    for (Answer one; take_answer(bytes, false, true, one);) {
        answers.push_back(std::move(one));
    }
    return answers;
}

WriterThread::WriterThread(size_t room) : room_(room), thread_([this] { run(); }) {}

WriterThread::~WriterThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool WriterThread::post(Job job, Done done, Admission admission) {
    const std::lock_guard lock(mutex_);
    if (admission == Admission::if_room && queue_.size() >= room_) {
        return false;
    }
    queue_.emplace_back(std::move(job), std::move(done));
    changed_.notify_all();
    return true;
}

void WriterThread::hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
}

void WriterThread::fail_commits(Status status) {
    const std::lock_guard lock(mutex_);
    commit_ = std::move(status);
}

size_t WriterThread::waiting() {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

size_t WriterThread::commits() {
    const std::lock_guard lock(mutex_);
    return commits_;
}

void WriterThread::run() {
    for (;;) {
        std::deque<std::pair<Job, Done>> batch;
        Status commit;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopping_ || (!held_ && !queue_.empty()); });
            if (stopping_) {
                return;
            }
            batch.swap(queue_);
            commit = commit_;
            ++commits_;
        }
        for (auto& [job, done] : batch) {
            job();
        }
        for (auto& [job, done] : batch) {
            done(commit);
        }
    }
}

api::Plan FunctionHandler::plan(const api::RequestHead& head) {
    if (on_plan) {
        return on_plan(head);
    }
    api::Plan plan;
    plan.body_limit_bytes = 1 << 20;
    return plan;
}

void FunctionHandler::answer(const api::RequestHead& head, std::string body, Reply reply) {
    if (on_answer) {
        on_answer(head, std::move(body), std::move(reply));
        return;
    }
    reply(text_response(concat(head.method, ' ', head.path, '\n', body)));
}

Result<std::unique_ptr<BodySink>> FunctionHandler::open(const api::RequestHead& head) {
    if (on_open) {
        return on_open(head);
    }
    return fail(ErrorCode::not_found, "nothing takes this body");
}

api::Response text_response(std::string body, int status) {
    api::Response response;
    response.status = status;
    response.headers = {{"content-type", "text/plain"}};
    response.body = std::move(body);
    return response;
}

Limits quick_limits() {
    Limits limits;
    limits.linger_time = 200ms;
    limits.stop_time = 5s;
    return limits;
}

std::unique_ptr<Server> start_server(Handler& handler, WriterLane& writer, const Limits& limits) {
    ServerOptions options;
    options.port = 0;
    options.threads = 2;
    options.limits = limits;
    auto server = Server::start(std::move(options), handler, writer);
    if (!server.ok()) {
        throw std::runtime_error(server.error().text());
    }
    return std::move(server).value();
}

}  // namespace countersign::http::test
