// Little-endian numbers and runs of bytes, one after the other: what TNEF and its parts are made
// of. Never reads behind the end; asking for more than there is is remembered.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mime {

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    std::size_t at() const { return at_; }
    std::size_t left() const { return bytes_.size() - at_; }
    bool is_cut() const { return is_cut_; }  ///< more was asked for than there was

    /// Fewer than `count` where there are no more.
    std::string_view take(std::size_t count) {
        if (count > left()) is_cut_ = true;
        const auto some = bytes_.substr(at_, std::min(count, left()));
        at_ += some.size();
        return some;
    }

    /// 0 where it is not there as a whole.
    std::uint32_t u32() { return number(4); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }

private:
    std::uint32_t number(std::size_t size) {
        const auto some = take(size);
        if (some.size() < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = size; i-- > 0;)
            value = value << 8U | static_cast<unsigned char>(some[i]);
        return value;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    bool is_cut_ = false;
};

}  // namespace mime
