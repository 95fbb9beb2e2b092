// Runs one coroutine to its end: the commands that ask a server or a CRM one thing after the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <utility>

namespace agent {

template <class T>
T run_to_end(boost::asio::io_context& context, boost::asio::awaitable<T> work) {
    auto answer = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.restart();
    context.run();
    return answer.get();
}

}  // namespace agent
