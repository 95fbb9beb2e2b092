// DNS answers written for the tests, byte by byte as RFC 1035 §4 has them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace dns {

inline std::string number(unsigned value) {
    return {static_cast<char>(value >> 8 & 0xFF), static_cast<char>(value & 0xFF)};
}

/// "a.b" as labels.
inline std::string name(std::string_view text) {
    std::string labels;
    while (!text.empty()) {
        const auto label = text.substr(0, text.find('.'));
        labels += static_cast<char>(label.size());
        labels += label;
        text.remove_prefix(std::min(text.size(), label.size() + 1));
    }
    return labels + '\0';
}

inline const std::string question =
    name("_autodiscover._tcp.example.test") + number(33) + number(1);
/// To the name in the question, and to "example.test" at its end.
inline const std::string whole_name = "\xC0\x0C", domain = "\xC0\x1F";

inline std::string record(unsigned type, std::string_view data) {
    return whole_name + number(type) + number(1) + std::string("\0\0\1\0", 4) +
           number(static_cast<unsigned>(data.size())) + std::string(data);
}

/// @param target  encoded
inline std::string srv(unsigned priority, unsigned weight, unsigned port, std::string_view target) {
    return record(33, number(priority) + number(weight) + number(port) + std::string(target));
}

inline std::string answer(
    const std::vector<std::string>& records, std::string_view id = "id", unsigned flags = 0x8180
) {
    std::string bytes = std::string(id) + number(flags) + number(1) +
                        number(static_cast<unsigned>(records.size())) + number(0) + number(0) +
                        question;
    for (const auto& one : records) bytes += one;
    return bytes;
}

}  // namespace dns
