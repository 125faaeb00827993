#pragma once
// Writes answers to the wire: status line, headers, and the body as a whole, piece by piece in chunks, or not at all
// for HEAD. Internal to native/http.

#include <string>
#include <string_view>

#include "core/api/exchange.h"
#include "native/http/static_files.h"
#include "native/http/wire.h"

namespace countersign::http {

// What of the request and the connection bears on the form of the answer.
struct AnswerForm {
    bool keep_alive = true;
    bool http_1_0 = false;
    bool head_only = false;
    bool takes_gzip = false;
    std::string_view date_line;  // "date: ...\r\n"
};

// Whether all was sent; otherwise the connection is of no more use.
Task<bool> send_response(Wire& wire, const Limits& limits, const AnswerForm& form, api::Response response, int& status);
Task<bool> send_file(Wire& wire, const Limits& limits, const AnswerForm& form, const StaticFiles::Answer& file);
// The head of an answer without an end; the connection is then the live connection's.
Task<bool> send_live_head(Wire& wire, const Limits& limits, const AnswerForm& form);
Task<bool> send_continue(Wire& wire, const Limits& limits);

// A complete small answer as bytes, with "connection: close"; for those who are turned away before they spoke.
std::string whole_answer(const api::Response& response, std::string_view date_line);

// "date: Tue, 15 Nov 1994 08:12:31 GMT\r\n" (RFC 9110, 5.6.7)
std::string date_line(int64_t unix_s);

}  // namespace countersign::http
