// Unpacks answers that a server has packed by gzip (RFC 1952), whole or as they come. Separate from
// the client because it is pure; what bounds it is the size of what comes out, for a small answer
// can be a large one.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/error.hpp"

struct z_stream_s;

namespace http {

/// One answer, in pieces of any size. Not to be used after an error.
class Gunzip {
public:
    /// @param limit   bytes that may come out, of all pieces together
    /// @param server  for error texts
    Gunzip(std::size_t limit, std::string server);

    /// All that `bytes` completes, maybe nothing. errc::protocol for damaged data and for bytes
    /// behind the end that are no further member; errc::too_large beyond the limit.
    Result<std::string> feed(std::string_view bytes);
    /// To be asked at the end of the answer. errc::closed if something is missing. An empty answer
    /// is complete.
    Result<void> end() const;

private:
    struct Freed {
        void operator()(z_stream_s* stream) const;
    };

    Result<void> inflate_into(std::string& out);
    Error damaged() const;

    std::unique_ptr<z_stream_s, Freed> stream_;
    std::size_t left_;  ///< of the limit
    std::string server_;
    std::size_t limit_;
    bool in_member_ = false;
    bool had_member_ = false;
};

/// A whole answer. Errors as those of Gunzip.
Result<std::string> gunzip(std::string_view body, std::size_t limit, const std::string& server);

}  // namespace http
