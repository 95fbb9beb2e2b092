#include "mime/fingerprint.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/domain.hpp"

namespace mime {
namespace {

/// FNV-1a with 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/): no secrets are kept by it,
/// the same text must only give the same name.
class Hash {
public:
    void add(std::string_view text) {
        for (const char c : text) step(static_cast<unsigned char>(c));
        step(0);  // "ab" + "c" is not "a" + "bc"
    }
    std::string text() const { return fmt::format("{:016x}{:016x}", high_, low_); }

private:
    void step(unsigned char byte) {
        // Times the prime 2^88 + 0x13B, in two halves.
        constexpr std::uint64_t prime = 0x13B;
        low_ ^= byte;
        const std::uint64_t bottom = (low_ & 0xFFFFFFFFU) * prime;
        const std::uint64_t top = (low_ >> 32U) * prime + (bottom >> 32U);
        high_ = high_ * prime + (top >> 32U) + (low_ << 24U);
        low_ = (top << 32U) | (bottom & 0xFFFFFFFFU);
    }
    std::uint64_t high_ = 0x6C62272E07BB0142U;
    std::uint64_t low_ = 0x62B821756295C58DU;
};

/// Servers re-wrap lines and turn no-break spaces into blanks: white space does not count at all.
std::string normalised(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == "\xC2\xA0")
            ++i;
        else if (!is_space(text[i]))
            result += text[i];
    }
    return result;
}

/// A longer Message-ID is shortened: the fingerprint stays fit to be a key and to be shown.
constexpr std::size_t longest_id = 200;

/// What stands between the angle brackets, or all of it where there are none.
std::string_view own_id(const Message& message) {
    std::string_view id = message.message_id;
    while (id.starts_with('<') || (!id.empty() && is_space(id.front()))) id.remove_prefix(1);
    id = id.substr(0, id.find('>'));
    while (!id.empty() && is_space(id.back())) id.remove_suffix(1);
    return id;
}

}  // namespace

std::string fingerprint(const Message& message) {
    Hash hash;
    hash.add(message.date ? fmt::format("{}", message.date->time_since_epoch().count()) : "");
    for (const auto& sender : message.from) hash.add(comparable_address(sender.address));
    hash.add(normalised(message.subject));
    const auto id = own_id(message);
    if (id.empty()) {
        hash.add(normalised(message.text.value_or("")));
        return "content:" + hash.text();
    }
    if (id.size() <= longest_id) return fmt::format("mid:<{}>#{:.16}", id, hash.text());
    hash.add(id);
    return fmt::format("mid:<{}…>#{}", id.substr(0, longest_id / 2), hash.text());
}

}  // namespace mime
