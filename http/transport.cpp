#include "http/transport.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>

namespace http {

std::string_view Response::field(std::string_view name) const {
    const auto found = std::ranges::find_if(fields, [name](const Field& field) {
        return boost::beast::iequals(field.name, name);
    });
    if (found == fields.end()) return {};
    return found->value;
}

}  // namespace http
