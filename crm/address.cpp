#include "crm/address.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/domain.hpp"

namespace crm {

std::string comparable_domain(std::string_view domain) {
    domain.remove_prefix(std::min(domain.find_first_not_of(" \t@"), domain.size()));
    auto result = mime::normal_domain(domain);
    if (result.starts_with("www.")) result.erase(0, 4);
    return result;
}

bool is_address_field(std::string_view name) {
    constexpr std::string_view first = "email";
    return name.starts_with(first) &&
           std::ranges::all_of(name.substr(first.size()), mime::is_digit);
}

}  // namespace crm
