// Structured values with parameters: Content-Type, Content-Disposition (RFC 2045 §5.1), with the
// continuations and charsets of RFC 2231 and the encoded words that many senders use instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mime {

struct ParameterValue {
    std::string value;                                            ///< "text/plain", lower case
    std::vector<std::pair<std::string, std::string>> parameters;  ///< names in lower case, decoded
    std::vector<std::string> problems;                            ///< of charsets, see charset.hpp

    std::optional<std::string> find(std::string_view name) const;
};

ParameterValue read_parameters(std::string_view field);

}  // namespace mime
