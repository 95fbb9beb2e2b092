#include "mime/cms.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "mime/ascii.hpp"

namespace mime {
namespace {

// Tags of X.690 as they stand in the first octet.
constexpr unsigned integer = 0x02, octet_string = 0x04, object_identifier = 0x06, sequence = 0x30,
                   set = 0x31, explicit_0 = 0xA0, constructed_octets = 0x24;

// 1.2.840.113549.1.7.2 and others, as their octets.
constexpr std::string_view signed_data = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";  // RFC 5652 §5.1
constexpr std::string_view enveloped_data = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03";  // §6.1
constexpr std::string_view auth_enveloped_data =
    "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17";  // RFC 5083 §2.1
constexpr std::string_view compressed_data =
    "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09";  // RFC 3274 §1.1

/// Reads elements of BER one after the other. Content of indefinite length goes to the end of what
/// is known: what is looked for stands in front, nothing behind it is read.
class Elements {
public:
    explicit Elements(std::string_view bytes) : bytes_(bytes) {}

    /// The content of the next element if it has that tag; moves behind it.
    std::optional<std::string_view> take(unsigned tag) {
        if (bytes_.size() < 2 || octet(0) != tag) return {};
        std::size_t head = 2;
        std::size_t length = octet(1);
        if (length == 0x80) {  // indefinite
            const auto content = bytes_.substr(head);
            bytes_ = {};
            return content;
        }
        if (length > 0x80) {
            head += length - 0x80;
            if (head > 2 + sizeof(std::uint32_t) || head > bytes_.size()) return {};
            length = 0;
            for (std::size_t i = 2; i < head; ++i) length = length << 8U | octet(i);
        }
        const auto content = bytes_.substr(head, length);  // a cut file gives what it has
        bytes_.remove_prefix(head + content.size());
        return content;
    }

private:
    unsigned octet(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }

    std::string_view bytes_;
};

struct ContentInfo {
    std::string_view type;  ///< the octets of its object identifier
    Elements content;
};

std::optional<ContentInfo> content_info(std::string_view bytes) {
    Elements file(bytes);
    const auto sequence_content = file.take(sequence);
    if (!sequence_content) return {};
    Elements info(*sequence_content);
    const auto type = info.take(object_identifier);
    if (!type) return {};
    return ContentInfo{*type, info};
}

CmsKind named_kind(std::string_view smime_type) {
    constexpr std::array kinds{
        std::pair{"signed-data", CmsKind::signed_data},
        std::pair{"enveloped-data", CmsKind::enveloped_data},
        std::pair{"authEnveloped-data", CmsKind::enveloped_data},
        std::pair{"compressed-data", CmsKind::other},
        std::pair{"certs-only", CmsKind::other},
    };
    for (const auto& [name, kind] : kinds)
        if (equal(smime_type, name)) return kind;
    return CmsKind::unknown;
}

std::optional<std::string> octets(Elements elements) {
    if (const auto whole = elements.take(octet_string)) return std::string(*whole);
    const auto pieces = elements.take(constructed_octets);
    if (!pieces) return {};
    std::string result;
    Elements inner(*pieces);
    while (const auto piece = inner.take(octet_string)) result += *piece;
    return result;
}

}  // namespace

bool is_cms(std::string_view content_type) {
    return content_type == "application/pkcs7-mime" || content_type == "application/x-pkcs7-mime";
}

CmsKind cms_kind(std::string_view smime_type, std::string_view head) {
    const auto named = named_kind(smime_type);
    if (named != CmsKind::unknown) return named;
    const auto info = content_info(head);
    if (!info) return CmsKind::unknown;
    if (info->type == signed_data) return CmsKind::signed_data;
    if (info->type == enveloped_data || info->type == auth_enveloped_data)
        return CmsKind::enveloped_data;
    return info->type == compressed_data ? CmsKind::other : CmsKind::unknown;
}

bool is_encrypted(CmsKind kind) {
    return kind == CmsKind::enveloped_data || kind == CmsKind::unknown;
}

std::optional<std::string> signed_content(std::string_view bytes) {
    auto info = content_info(bytes);
    if (!info || info->type != signed_data) return {};
    const auto wrapped = info->content.take(explicit_0);
    if (!wrapped) return {};
    Elements wrapper(*wrapped);
    const auto data = wrapper.take(sequence);
    if (!data) return {};
    Elements fields(*data);
    if (!fields.take(integer) || !fields.take(set)) return {};  // version, digestAlgorithms
    const auto encapsulated = fields.take(sequence);
    if (!encapsulated) return {};
    Elements content(*encapsulated);
    if (!content.take(object_identifier)) return {};
    const auto inner = content.take(explicit_0);
    return inner ? octets(Elements(*inner)) : std::nullopt;
}

}  // namespace mime
