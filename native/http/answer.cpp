#include "native/http/answer.h"

#include <array>
#include <charconv>

#include "core/base/concat.h"
#include "core/base/instant.h"
#include "native/http/packing.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

bool is_header_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool is_header_value(std::string_view value) {
    return std::ranges::all_of(value,
                               [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != 0x7F); });
}

bool is_ours(std::string_view name) {
    return name == "content-length" || name == "transfer-encoding" || name == "connection" || name == "date";
}

// A header that would break out of its line is a bug of the handler; the client gets a 500 instead of two answers.
bool has_bad_header(const api::Response& response) {
    return std::ranges::any_of(response.headers, [](const api::Header& header) {
        return !is_header_name(header.first) || !is_header_value(header.second);
    });
}

bool has_no_body(int status) {
    return status < 200 || status == 204 || status == 304;
}

void append_status_line(std::string& out, int status) {
    out += "HTTP/1.1 ";
    append_piece(out, status);
    out += ' ';
    out += status_phrase(status);
    out += "\r\n";
}

void append_headers(std::string& out, const api::Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (!is_ours(name)) {
            out += name;
            out += ": ";
            out += value;
            out += "\r\n";
        }
    }
}

std::string start_head(const AnswerForm& form, int status) {
    std::string head;
    head.reserve(512);
    append_status_line(head, status);
    head += form.date_line;
    if (!form.keep_alive) {
        head += "connection: close\r\n";
    }
    return head;
}

RateRule answer_rule(const Limits& limits) {
    RateRule rule(limits.answer_grace, limits.answer_bytes_per_s);
    rule.start(SteadyClock::now());
    return rule;
}

// Pulls until a piece is worth sending. False when the source has ended.
Result<bool> fill(api::BodySource& source, size_t enough, std::string& piece) {
    while (piece.size() < enough) {
        if (!CS_TRY(source.next(piece))) {
            return false;
        }
    }
    return true;
}

Task<bool> send_chunk(Wire& wire, std::string_view piece, bool last, RateRule& rule) {
    std::array<char, 24> size_line{};
    size_t length = 0;
    if (!piece.empty()) {
        const auto end = std::to_chars(size_line.data(), size_line.data() + 16, piece.size(), 16).ptr;
        end[0] = '\r';
        end[1] = '\n';
        length = static_cast<size_t>(end + 2 - size_line.data());
    }
    const std::string_view after_piece = piece.empty() ? "" : "\r\n";
    const std::string_view after_all = last ? "0\r\n\r\n" : "";
    std::array<asio::const_buffer, 4> buffers{
        asio::buffer(size_line.data(), length), asio::buffer(piece.data(), piece.size()),
        asio::buffer(after_piece.data(), after_piece.size()), asio::buffer(after_all.data(), after_all.size())};
    co_return co_await wire.write(buffers, rule);
}

Task<bool> send_pieces(Wire& wire, const Limits& limits, const AnswerForm& form, api::BodySource& source,
                       std::string piece) {
    RateRule rule = answer_rule(limits);
    for (bool more = true; more;) {
        const TimePoint before = SteadyClock::now();
        const Result<bool> filled = fill(source, limits.piece_bytes, piece);
        rule.excuse(SteadyClock::now() - before);
        if (!filled.ok()) {
            co_return false;  // the status is long gone: without the last chunk the client knows that this is not all
        }
        more = filled.value();
        if (form.http_1_0) {
            std::array<asio::const_buffer, 1> whole{asio::buffer(piece)};
            if (!co_await wire.write(whole, rule)) {
                co_return false;
            }
        } else if (!co_await send_chunk(wire, piece, !more, rule)) {
            co_return false;
        }
        piece.clear();
    }
    co_return !form.http_1_0;
}

Task<bool> send_streamed(Wire& wire, const Limits& limits, const AnswerForm& form, api::Response response,
                         int& status) {
    // The first piece before the head: what fails at once can still say so.
    std::string piece;
    const Result<bool> first = response.source->next(piece);
    if (!first.ok()) {
        co_return co_await send_response(wire, limits, form, error_response(first.error()), status);
    }
    if (first.value() && is_worth_packing(response, piece.size())) {
        response.headers.emplace_back("vary", "accept-encoding");
        if (form.takes_gzip) {
            pack_source(response, piece);
        }
    }
    AnswerForm ended_by_close = form;
    ended_by_close.keep_alive = form.keep_alive && !form.http_1_0;
    std::string head = start_head(ended_by_close, response.status);
    append_headers(head, response);
    head += form.http_1_0 ? "\r\n" : "transfer-encoding: chunked\r\n\r\n";
    RateRule rule = answer_rule(limits);
    std::array<asio::const_buffer, 1> buffers{asio::buffer(head)};
    if (!co_await wire.write(buffers, rule)) {
        co_return false;
    }
    if (form.head_only) {
        co_return true;
    }
    if (!first.value() && !form.http_1_0) {
        RateRule last_rule = answer_rule(limits);
        co_return co_await send_chunk(wire, piece, true, last_rule);
    }
    co_return co_await send_pieces(wire, limits, form, *response.source, std::move(piece));
}

}  // namespace

Task<bool> send_response(Wire& wire, const Limits& limits, const AnswerForm& form, api::Response response,
                         int& status) {
    if (response.status < 200 || response.status > 599 || has_bad_header(response)) {
        response = error_response(fail(ErrorCode::internal, "the answer could not be put into HTTP; please report it"));
    }
    status = response.status;
    if (response.source && !has_no_body(status)) {
        co_return co_await send_streamed(wire, limits, form, std::move(response), status);
    }
    if (!has_no_body(status) && is_worth_packing(response, response.body.size())) {
        response.headers.emplace_back("vary", "accept-encoding");
        if (form.takes_gzip) {
            pack_whole(response);
        }
    }
    std::string head = start_head(form, status);
    append_headers(head, response);
    if (!has_no_body(status)) {
        head += "content-length: ";
        append_piece(head, response.body.size());
        head += "\r\n";
    }
    head += "\r\n";
    const bool without_body = form.head_only || has_no_body(status);
    std::array<asio::const_buffer, 2> buffers{
        asio::buffer(head), asio::buffer(response.body.data(), without_body ? 0 : response.body.size())};
    RateRule rule = answer_rule(limits);
    co_return co_await wire.write(buffers, rule);
}

Task<bool> send_file(Wire& wire, const Limits& limits, const AnswerForm& form, const StaticFiles::Answer& file) {
    std::string head = start_head(form, file.status);
    head += file.header_lines;
    head += "\r\n";
    std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                              asio::buffer(file.body.data(), form.head_only ? 0 : file.body.size())};
    RateRule rule = answer_rule(limits);
    co_return co_await wire.write(buffers, rule);
}

Task<bool> send_live_head(Wire& wire, const Limits& limits, const AnswerForm& form) {
    AnswerForm endless = form;
    endless.keep_alive = false;  // it ends with the connection, so no chunks are needed
    std::string head = start_head(endless, 200);
    // x-accel-buffering tells a reverse proxy to pass each message on at once.
    head +=
        "content-type: text/event-stream\r\ncache-control: no-store\r\nx-accel-buffering: no\r\n"
        "x-content-type-options: nosniff\r\n\r\n";
    std::array<asio::const_buffer, 1> buffers{asio::buffer(head)};
    RateRule rule = answer_rule(limits);
    co_return co_await wire.write(buffers, rule);
}

Task<bool> send_continue(Wire& wire, const Limits& limits) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    std::array<asio::const_buffer, 1> buffers{asio::buffer(kContinue.data(), kContinue.size())};
    RateRule rule = answer_rule(limits);
    co_return co_await wire.write(buffers, rule);
}

std::string whole_answer(const api::Response& response, std::string_view date_line) {
    std::string answer = start_head({.keep_alive = false, .date_line = date_line}, response.status);
    append_headers(answer, response);
    answer += concat("content-length: ", response.body.size(), "\r\n\r\n", response.body);
    return answer;
}

std::string date_line(int64_t unix_s) {
    static constexpr std::string_view kDays = "ThuFriSatSunMonTueWed";  // 1970-01-01 was a Thursday
    static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const int64_t days = unix_s / 86'400;
    const int64_t second = unix_s % 86'400;
    const CivilDate date = civil_from_days(days);
    const auto two_digits = [](int64_t number) { return concat(number < 10 ? "0" : "", number); };
    return concat("date: ", kDays.substr(static_cast<size_t>(days % 7) * 3, 3), ", ", two_digits(date.day), ' ',
                  kMonths.substr(size_t{date.month - 1} * 3, 3), ' ', date.year, ' ', two_digits(second / 3'600), ':',
                  two_digits(second / 60 % 60), ':', two_digits(second % 60), " GMT\r\n");
}

}  // namespace countersign::http
