// Any text is an address list: reading it ends, and what it yields is valid UTF-8 and not empty.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mime/address.hpp"
#include "mime/charset.hpp"
#include "mime/domain.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view field(reinterpret_cast<const char*>(data), size);
    for (const auto& [name, address] : mime::read_addresses(field)) {
        if (name.empty() && address.empty()) std::abort();
        if (!mime::is_utf8(name) || !mime::is_utf8(address)) std::abort();
        const auto key = mime::comparable_address(address);
        if (mime::comparable_address(key) != key) std::abort();
        mime::registrable_domain(mime::domain_of(address));
    }
    return 0;
}
