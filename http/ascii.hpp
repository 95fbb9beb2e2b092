// Letter case of hosts and other names of protocols: ASCII only, whatever the locale. To compare
// two such names, boost::beast::iequals.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace http {

inline std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

}  // namespace http
