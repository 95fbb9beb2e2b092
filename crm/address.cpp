#include "crm/address.hpp"

#include "mime/domain.hpp"

namespace crm {

std::string comparable_domain(std::string_view domain) {
    auto result = mime::comparable_address(domain);
    if (result.starts_with('@')) result.erase(0, 1);
    if (result.starts_with("www.")) result.erase(0, 4);
    return result;
}

}  // namespace crm
