// The parsed answer of an Autodiscover server, before anybody knows what it is: bounded, without
// DOCTYPE, and told from web pages. Shared by the two dialects.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "ews/error.hpp"

namespace ews {

/// Owns the bytes that the document points into, hence never moves.
class AutodiscoverXml {
public:
    explicit AutodiscoverXml(std::string bytes);
    AutodiscoverXml(const AutodiscoverXml&) = delete;
    AutodiscoverXml& operator=(const AutodiscoverXml&) = delete;

    /// The root element of that local name, else errc::not_ews, errc::too_large or errc::protocol.
    Result<pugi::xml_node> root(std::string_view name) const;

private:
    std::string bytes_;
    std::size_t size_ = 0;
    bool is_page_ = false;
    pugi::xml_document document_;
    pugi::xml_parse_result parsed_;
};

/// Trimmed; "" where the text exceeds the bound of a setting.
std::string setting(pugi::xml_node node);

/// What a server says, fit for one line of a report: no line breaks, cut.
std::string one_line(std::string_view text);

/// errc::no_such_mailbox, errc::unavailable or another by the code, and both in its text.
Error autodiscover_error(std::string_view code, std::string_view message);

}  // namespace ews
