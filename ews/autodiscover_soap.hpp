// GetUserSettings of the SOAP dialect of Autodiscover (autodiscover.svc): request and answer as
// text, nothing else. https://learn.microsoft.com/exchange/client-developer/web-service-reference/
// soap-autodiscover-web-service-reference-for-exchange
#pragma once

#include <string>
#include <string_view>

#include "ews/autodiscover_answer.hpp"

namespace ews {

/// @param url  where it is sent, for WS-Addressing
std::string write_soap_autodiscover(std::string_view address, std::string_view url);

/// The error codes of answer, user and setting, or what is wrong with the bytes.
Result<AutodiscoverAnswer> read_soap_autodiscover(std::string bytes);

}  // namespace ews
