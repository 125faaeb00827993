#pragma once
// The concrete Asio types of the carrier. One io_context is run by one thread, so executors are io_context's own and
// nothing is type-erased: measured at about half the CPU a request of the usual shared-context shape (reference
// server-stack.md, section 1). Internal to native/http.

#include <chrono>
#include <limits>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace countersign::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCodeOfAsio = boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

template <class T>
using Task = asio::awaitable<T, Executor>;

// co_await gives (error code, result) and never throws.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> kAwait{asio::use_awaitable_t<Executor>{}};

inline constexpr TimePoint kNever = TimePoint::max();

}  // namespace countersign::http
