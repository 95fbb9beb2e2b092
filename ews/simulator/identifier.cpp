#include "ews/simulator/identifier.hpp"

#include <fmt/format.h>

#include <boost/endian/conversion.hpp>
#include <random>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

constexpr std::string_view item_prefix{"\x09\0\0\0", 4};
constexpr std::string_view folder_prefix{"\x01\0\0\0", 4};

void append_number(std::string& bytes, std::uint64_t number) {
    unsigned char buffer[8];
    boost::endian::store_big_u64(buffer, number);
    bytes.append(reinterpret_cast<const char*>(buffer), sizeof buffer);
}

}  // namespace

const std::string& run_tag() {
    static const std::string tag = fmt::format("{:08x}", std::random_device{}());
    return tag;
}

std::string write_id(std::string_view mailbox_guid, char kind, std::uint64_t serial) {
    std::string bytes("\0\x03", 2);
    bytes.push_back(static_cast<char>(mailbox_guid.size()));
    bytes.append(mailbox_guid);
    bytes.push_back(kind);
    append_number(bytes, serial);
    return encode_base64(bytes);
}

std::string write_change_key(char kind, std::uint64_t version) {
    std::string bytes(kind == 'F' ? folder_prefix : item_prefix);
    append_number(bytes, version);
    return encode_base64(bytes);
}

const char* stub_change_key(bool folder) {
    return folder ? "AQAAAA==" : "CQAAAA==";
}

std::optional<std::uint64_t> read_change_key(std::string_view text) {
    const auto bytes = decode_base64(text);
    if (!bytes || bytes->size() < 4) return std::nullopt;
    const auto prefix = std::string_view(*bytes).substr(0, 4);
    if (prefix != item_prefix && prefix != folder_prefix) return std::nullopt;
    if (bytes->size() == 4) return 0;
    if (bytes->size() != 12) return std::nullopt;
    return boost::endian::load_big_u64(reinterpret_cast<const unsigned char*>(bytes->data()) + 4);
}

}  // namespace ews::simulator
