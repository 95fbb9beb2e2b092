#include "mime/iso_8859_16.hpp"

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
        const unsigned code = byte < 0xA0 ? byte : upper[byte - 0xA0];
        if (code < 0x80) {
            text += c;
        } else if (code < 0x800) {
            text += static_cast<char>(0xC0U | (code >> 6U));
            text += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            text += static_cast<char>(0xE0U | (code >> 12U));
            text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
            text += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
    return text;
}

}  // namespace mime
