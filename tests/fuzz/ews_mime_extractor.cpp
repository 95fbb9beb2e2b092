// The MIME taken out of an answer: where the answer is cut does not matter, and what is not taken
// is left.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ews/mime_extractor.hpp"

namespace {

struct Taken {
    std::string mime, rest;
    bool complete = false;
    bool operator==(const Taken&) const = default;
};

Taken taken(std::string_view xml, std::size_t piece) {
    Taken result;
    ews::MimeExtractor extractor([&result](std::string_view bytes) {
        result.mime += bytes;
        return true;
    });
    for (std::size_t at = 0; at < xml.size(); at += piece) {
        if (!extractor.feed(xml.substr(at, piece))) std::abort();
    }
    result.rest = extractor.take_rest();
    result.complete = extractor.has_mime();
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const Taken whole = taken(input, size + 1);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
        if (taken(input, piece) != whole) std::abort();
    }
    if (whole.rest.size() > size || whole.mime.size() > size) std::abort();
    if (input.find("MimeContent") == input.npos && whole.rest != input) std::abort();
    return 0;
}
