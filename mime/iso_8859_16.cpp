#include "mime/iso_8859_16.hpp"

#include "mime/charset.hpp"

namespace mime {
namespace {

// 0xA0 to 0xFF, sixteen a line.
constexpr std::u16string_view upper =
    u"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ"
    u"°±ČłŽ”¶·žčș»ŒœŸż"
    u"ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏ"
    u"ĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß"
    u"àáâăäćæçèéêëìíîï"
    u"đńòóôőöśűùúûüęțÿ";
static_assert(upper.size() == 0x60);

}  // namespace

std::string from_iso_8859_16(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const unsigned byte = static_cast<unsigned char>(c);
        append_utf8(text, byte < 0xA0 ? byte : upper[byte - 0xA0]);
    }
    return text;
}

}  // namespace mime
