#include "mime/compressed_rtf.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "mime/byte_reader.hpp"

namespace mime {
namespace {

constexpr std::size_t header_size = 16;  // MS-OXRTFCP 2.1.3.1.1
constexpr std::uint32_t compressed = 0x75465A4C;
constexpr std::uint32_t uncompressed = 0x414C454D;

// MS-OXRTFCP 2.1.2.1: what the dictionary holds before the first byte.
constexpr std::size_t dictionary_size = 4096;
constexpr std::string_view beginning =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(beginning.size() == 207);

/// MS-OXRTFCP 2.1.3.2: the usual polynomial, but begun with 0 and not inverted.
std::uint32_t checksum(std::string_view bytes) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> values{};
        for (std::uint32_t i = 0; i < values.size(); ++i) {
            values[i] = i;
            for (int bit = 0; bit < 8; ++bit)
                values[i] = (values[i] >> 1U) ^ ((values[i] & 1U) != 0 ? 0xEDB88320U : 0U);
        }
        return values;
    }();
    std::uint32_t sum = 0;
    for (const char c : bytes)
        sum = table[(sum ^ static_cast<unsigned char>(c)) & 0xFFU] ^ sum >> 8U;
    return sum;
}

class Decompressor {
public:
    Decompressor(std::string_view contents, std::size_t most) : in_(contents), most_(most) {
        std::ranges::copy(beginning, dictionary_.begin());
    }

    /// Whether the mark of the end was met. MS-OXRTFCP 2.2.
    bool run() {
        while (in_.left() > 0 && !is_full()) {
            const unsigned control = in_.u8();
            for (unsigned bit = 0; bit < 8 && in_.left() > 0 && !is_full(); ++bit) {
                if ((control >> bit & 1U) == 0)
                    write(static_cast<char>(in_.u8()));
                else if (!copy())
                    return true;
            }
        }
        return false;
    }

    bool is_full() const { return rtf_.size() >= most_; }
    std::string take() { return std::move(rtf_); }

private:
    void write(char c) {
        if (is_full()) return;
        rtf_ += c;
        dictionary_[at_] = c;
        at_ = (at_ + 1) % dictionary_size;
    }

    /// A reference: twelve bits of place, four of length. One to the place of writing is the end.
    bool copy() {
        const std::size_t high = in_.u8(), low = in_.u8();
        const auto from = high << 4U | low >> 4U;
        if (from == at_ || in_.is_cut()) return in_.is_cut();
        for (std::size_t i = 0; i < (low & 15U) + 2; ++i)
            write(dictionary_[(from + i) % dictionary_size]);
        return true;
    }

    ByteReader in_;
    std::size_t most_;
    std::array<char, dictionary_size> dictionary_{};
    std::size_t at_ = beginning.size();
    std::string rtf_;
};

}  // namespace

DecompressedRtf decompress_rtf(std::string_view bytes, std::size_t most) {
    ByteReader header(bytes);
    const std::size_t compressed_size = header.u32(), raw_size = header.u32();
    const auto type = header.u32(), crc = header.u32();
    if (header.is_cut()) return {{}, {"compressed RTF without a whole header"}};
    // COMPSIZE counts what follows it: 12 bytes of the header, too.
    const auto size = compressed_size - std::min<std::size_t>(compressed_size, header_size - 4);
    const auto contents = header.take(size);
    DecompressedRtf result;
    if (header.is_cut()) result.problems.emplace_back("compressed RTF is cut off");
    if (type == uncompressed) {
        result.rtf = contents.substr(0, std::min(raw_size, most));
        if (contents.size() > most) result.problems.emplace_back("more RTF than is read");
        return result;
    }
    if (type != compressed) return {{}, {"RTF is compressed in an unknown way"}};
    if (checksum(contents) != crc)
        result.problems.emplace_back("checksum of the compressed RTF does not match");
    Decompressor decompressor(contents, most);
    const bool ended = decompressor.run();
    if (decompressor.is_full())
        result.problems.emplace_back("more RTF than is read");
    else if (!ended && result.problems.empty())
        result.problems.emplace_back("compressed RTF does not end");
    result.rtf = decompressor.take();
    return result;
}

}  // namespace mime
