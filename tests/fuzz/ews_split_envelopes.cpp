// The splitter must cut the same envelopes whatever the portions, and never lose its bounds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "ews/split_envelopes.hpp"

namespace {

std::vector<std::string> split(std::string_view bytes, std::size_t portion) {
    ews::SplitEnvelopes splitter(64 * 1024);
    std::vector<std::string> envelopes;
    bool goes_on = true;
    while (goes_on && !bytes.empty()) {
        goes_on = splitter.feed(bytes.substr(0, portion)).has_value();
        bytes.remove_prefix(std::min(portion, bytes.size()));
    }
    while (auto envelope = splitter.next()) envelopes.push_back(*std::move(envelope));
    return envelopes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (split(bytes, 1) != split(bytes, 7)) std::abort();
    if (split(bytes, 7) != split(bytes, size + 1)) std::abort();
    return 0;
}
