// What can go wrong at a CRM, as a value. The code is for the program, the text for the admin: it
// names the record or field and the way out, and never holds a secret.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace crm {

enum class errc {
    unreachable,    ///< no connection, time-out, database locked or full: try again later
    busy,           ///< the CRM asks to wait
    refused,        ///< a field or record was not accepted: this mail cannot succeed as it is
    not_found,      ///< a record that was referred to is gone
    forbidden,      ///< the CRM account lacks a right
    damaged,        ///< its database is not sound: an admin must act
    misconfigured,  ///< wrong URL, database of another version …
};

struct Error {
    errc code = errc::unreachable;
    std::string text;
    std::optional<std::chrono::milliseconds> back_off;  ///< how long the CRM asks to wait
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = boost::system::result<T, Error>;

/// Worth trying again without anybody changing anything.
bool is_transient(errc code);
std::string_view to_text(errc code);

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

}  // namespace crm
