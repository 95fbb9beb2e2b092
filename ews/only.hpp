// The answer of a batch of one. Used by callers that ask about one thing at a time.
#pragma once

#include <utility>
#include <vector>

#include "ews/error.hpp"

namespace ews {

/// errc::protocol where the server answered for another number of things than asked.
template <class T>
Result<T> only(Result<std::vector<Result<T>>> reply) {
    if (!reply) return reply.error();
    if (reply->size() == 1) return std::move(reply->front());
    return Error{
        errc::protocol, "", "the server answered for another number of things than asked", {}};
}

}  // namespace ews
