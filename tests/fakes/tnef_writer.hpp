// Writes winmail.dat (MS-OXTNEF), piece by piece, so that a test can say what stands in it and what
// is wrong with it. The pieces are strings of bytes; every one may be damaged before it is put in.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace fakes::tnef {

inline std::string little_endian(std::uint32_t value, std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFFU);
    return bytes;
}
inline std::string u16(std::uint32_t value) {
    return little_endian(value, 2);
}
inline std::string u32(std::uint32_t value) {
    return little_endian(value, 4);
}

inline std::string joined(std::initializer_list<std::string> pieces) {
    std::string all;
    for (const auto& piece : pieces) all += piece;
    return all;
}

/// Ends with NUL, as strings in TNEF do.
inline std::string utf16(std::u16string_view text) {
    std::string bytes;
    for (const char16_t unit : text) bytes += u16(unit);
    return bytes + u16(0);
}

inline std::string padded(std::string bytes) {
    while (bytes.size() % 4 != 0) bytes += '\0';
    return bytes;
}

inline std::string tag(std::uint16_t id, std::uint16_t type) {
    return u16(type) + u16(id);
}
inline std::string value(std::string bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    return u32(size) + padded(std::move(bytes));
}

inline std::string number(std::uint16_t id, std::uint32_t number) {
    return tag(id, 0x0003) + u32(number);
}
inline std::string unicode(std::uint16_t id, std::u16string_view text) {
    return tag(id, 0x001F) + u32(1) + value(utf16(text));
}
/// `text` as it is in the code page.
inline std::string string8(std::uint16_t id, std::string text) {
    return tag(id, 0x001E) + u32(1) + value(text + '\0');
}
inline std::string binary(std::uint16_t id, std::string bytes) {
    return tag(id, 0x0102) + u32(1) + value(std::move(bytes));
}
/// A message as the value of an attachment's data.
inline std::string message(const std::string& stream) {
    using namespace std::string_literals;
    const auto iid = "\x07\x03\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"s;
    return tag(0x3701, 0x000D) + u32(1) + value(iid + stream);
}

inline std::string properties(std::initializer_list<std::string> list) {
    return u32(static_cast<std::uint32_t>(list.size())) + joined(list);
}

inline std::string attribute(char level, std::uint32_t id, const std::string& data) {
    std::uint32_t sum = 0;
    for (const char c : data) sum += static_cast<unsigned char>(c);
    return level + u32(id) + u32(static_cast<std::uint32_t>(data.size())) + data + u16(sum);
}
inline std::string of_message(std::uint32_t id, const std::string& data) {
    return attribute(1, id, data);
}
inline std::string of_attachment(std::uint32_t id, const std::string& data) {
    return attribute(2, id, data);
}

inline std::string code_page(std::uint32_t number) {
    return of_message(0x00069007, u32(number) + u32(0));
}
inline std::string message_properties(std::initializer_list<std::string> list) {
    return of_message(0x00069003, properties(list));
}
/// What every attachment begins with.
inline std::string attachment() {
    return of_attachment(0x00069002, u16(1) + u32(0xFFFFFFFF) + u16(32) + u16(32) + u32(0));
}
inline std::string title(const std::string& name) {
    return of_attachment(0x00018010, name + '\0');
}
inline std::string data(const std::string& bytes) {
    return of_attachment(0x0006800F, bytes);
}
inline std::string attachment_properties(std::initializer_list<std::string> list) {
    return of_attachment(0x00069005, properties(list));
}

inline std::string stream(std::initializer_list<std::string> attributes) {
    return u32(0x223E9F78) + u16(1) + of_message(0x00089006, u32(0x00010000)) + joined(attributes);
}

/// Compressed RTF (MS-OXRTFCP) around contents that are given: its header with the right checksum.
inline std::string compressed_rtf(const std::string& contents, std::size_t raw_size) {
    std::uint32_t crc = 0;
    for (const char c : contents) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    const auto size = static_cast<std::uint32_t>(contents.size());
    return u32(size + 12) + u32(static_cast<std::uint32_t>(raw_size)) + "LZFu" + u32(crc) +
           contents;
}

/// As if nothing in it were worth compressing, and the mark of the end.
inline std::string compressed_rtf(std::string_view rtf) {
    std::string contents;
    for (std::size_t i = 0; i <= rtf.size(); ++i) {
        if (i % 8 == 0)
            contents += static_cast<char>(i + 8 > rtf.size() ? 1U << rtf.size() % 8 : 0U);
        if (i < rtf.size()) contents += rtf[i];
    }
    const auto end = static_cast<std::uint32_t>((207 + rtf.size()) % 4096) << 4U;
    contents += static_cast<char>(end >> 8U);
    contents += static_cast<char>(end & 0xFFU);
    return compressed_rtf(contents, rtf.size());
}

}  // namespace fakes::tnef
