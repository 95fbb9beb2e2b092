#include "ews/simulator/legacy_name.hpp"

#include <charconv>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

std::string unwrap_legacy_name(std::string_view address) {
    constexpr std::string_view mark = "imceaex-";
    if (!equal_ignoring_case(address.substr(0, mark.size()), mark)) return {};
    address.remove_prefix(mark.size());
    address = address.substr(0, address.rfind('@'));
    std::string name;
    for (std::size_t at = 0; at < address.size(); ++at) {
        unsigned code = 0;
        const auto digits = address.substr(at + 1, 2);
        const auto* const end = digits.data() + digits.size();
        const auto is_code = address[at] == '+' && digits.size() == 2 &&
                             std::from_chars(digits.data(), end, code, 16).ptr == end;
        if (is_code) at += 2;
        name += is_code ? static_cast<char>(code) : address[at] == '_' ? '/' : address[at];
    }
    return name;
}

}  // namespace ews::simulator
