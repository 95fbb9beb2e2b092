// The SOAP envelope around a request and a reply. Between ews/operations, which see only their own
// element, and ews/client, which sees only bytes.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "ews/error.hpp"
#include "ews/operation.hpp"

namespace ews {

/// Adds envelope and header to `document`; returns m:OPERATION, to be filled in.
pugi::xml_node start_request(
    pugi::xml_document& document,
    std::string_view operation,
    const std::optional<std::string>& impersonate
);
std::string to_bytes(const pugi::xml_document& document);

template <Operation Op>
std::string write_request(const Op& operation, const std::optional<std::string>& impersonate) {
    pugi::xml_document document;
    operation.write(start_request(document, Op::name, impersonate));
    return to_bytes(document);
}

/// A parsed reply. Owns the bytes that the document points into, hence never moves.
class Envelope {
public:
    explicit Envelope(std::string bytes);
    Envelope(const Envelope&) = delete;
    Envelope& operator=(const Envelope&) = delete;

    /// m:OPERATIONResponse; the fault as an error; or errc::not_ews if this is no SOAP,
    /// errc::protocol if it is the answer to something else.
    Result<pugi::xml_node> response(std::string_view operation) const;

private:
    std::string bytes_;
    pugi::xml_document document_;
    pugi::xml_parse_result parsed_;
};

}  // namespace ews
