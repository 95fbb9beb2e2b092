// Any text as a policy: it is read or refused with at least one problem, never anything else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/read_policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view xml(reinterpret_cast<const char*>(data), size);
    const auto policy = rules::read_policy(xml);
    if (!policy && policy.error().empty()) std::abort();
    return 0;
}
