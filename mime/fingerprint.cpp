#include "mime/fingerprint.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/attachment.hpp"
#include "mime/body_text.hpp"
#include "mime/charset.hpp"
#include "mime/domain.hpp"
#include "mime/header.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// FNV-1a with 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/): no secrets are kept by it,
/// the same text must only give the same name.
class Hash {
public:
    void add(std::string_view text) {
        add_bytes(text);
        step(0);  // "ab" + "c" is not "a" + "bc"
    }
    void add_bytes(std::string_view bytes) {
        for (const char c : bytes) step(static_cast<unsigned char>(c));
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
std::string_view without_brackets(std::string_view id) {
    while (id.starts_with('<') || (!id.empty() && is_space(id.front()))) id.remove_prefix(1);
    return trim_right(id.substr(0, id.find('>')));
}

/// The id that its sender gave: Outlook.com and Gmail replace it under way, and say so. The copy in
/// the sender's own mailbox has the first one.
std::string own_id(const Message& message) {
    for (const auto name : {"X-Microsoft-Original-Message-ID", "X-Google-Original-Message-ID"}) {
        const auto replaced = guess_utf8(unfold(field_value(message.headers, name)));
        if (const auto id = without_brackets(replaced); !id.empty()) return std::string(id);
    }
    return std::string(without_brackets(message.message_id));
}

/// Servers re-encode texts, write the header of attached mails anew, wrap files in winmail.dat and
/// invent names for files without one; the bytes of other files are as they were.
bool is_kept(const Attachment& file) {
    const std::string_view type = file.content_type;
    return !type.starts_with("text/") && !type.starts_with("message/") &&
           type != "application/ms-tnef";
}

/// Invoices in one second, with one text, differ in what is attached. In any order; of a large file
/// its size and its beginning.
void add_files(Hash& hash, const std::vector<Attachment>& files) {
    std::vector<std::string> contents;
    for (const auto& file : files) {
        if (!is_kept(file)) continue;
        Hash content;
        std::size_t left = limits::fingerprinted;
        const auto size = decode(file, [&](std::string_view slice) {
                              const auto part = slice.substr(0, left);
                              content.add_bytes(part);
                              left -= part.size();
                          }).bytes;
        content.add(std::to_string(size));
        contents.push_back(content.text());
    }
    std::ranges::sort(contents);
    for (const auto& content : contents) hash.add(content);
}

}  // namespace

std::string fingerprint(const Message& message) {
    Hash hash;
    hash.add(message.date ? fmt::format("{}", message.date->time_since_epoch().count()) : "");
    for (const auto& sender : message.from) hash.add(comparable_address(sender.address));
    hash.add(normalised(message.subject));
    const auto id = own_id(message);
    if (id.empty()) {
        hash.add(normalised(body_text(message).text));
        add_files(hash, message.attachments);
        return "content:" + hash.text();
    }
    if (id.size() <= longest_id) return fmt::format("mid:<{}>#{:.16}", id, hash.text());
    hash.add(id);
    return fmt::format("mid:<{}…>#{}", whole_characters(id, longest_id / 2), hash.text());
}

}  // namespace mime
