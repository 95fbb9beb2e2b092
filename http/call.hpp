// A request made ready for the wire: where to, the message, until when. Separate because it is
// pure: all that can be wrong with a request is found here, before any connection.
#pragma once

#include "http/connection.hpp"
#include "http/failure.hpp"
#include "http/options.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"

namespace http {

struct Call {
    Target target;
    Message message;
    Deadline deadline;
    bool repeatable = false;
    bool own_authorization = false;  ///< the caller has set that field: nobody logs in for it
    TakeBody take = nullptr;  ///< of the body of an answer 200; null: it goes into the Response
};

/// Moves the body; the clock of the deadline starts.
Result<Call> prepare(Request request, const Options& options);

/// Status and fields, without the body.
Response head_of(unsigned status, const boost::beast::http::fields& fields);

}  // namespace http
