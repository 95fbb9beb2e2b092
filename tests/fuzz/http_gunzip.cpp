// Any bytes as a packed answer: unpacked at once and byte by byte gives the same, never more than
// the limit; and what zlib packs comes out again.
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/gunzip.hpp"

namespace {

constexpr std::size_t limit = 100'000;

std::string pack(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        std::abort();
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

http::Result<std::string> byte_by_byte(std::string_view bytes) {
    http::Gunzip unpacking(limit, "server");
    std::string all;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto text = unpacking.feed(bytes.substr(at, 1));
        if (!text) return text.error();
        all += *text;
    }
    const auto end = unpacking.end();
    if (!end) return end.error();
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = http::gunzip(bytes, limit, "server");
    if (byte_by_byte(bytes) != whole) std::abort();
    if (whole && whole->size() > limit) std::abort();
    const auto again = http::gunzip(pack(bytes), size, "server");
    if (!again || *again != bytes) std::abort();
    return 0;
}
