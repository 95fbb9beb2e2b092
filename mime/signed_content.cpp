#include "mime/signed_content.hpp"

#include <cstddef>
#include <cstdint>

namespace mime {
namespace {

// Tags of X.690 as they stand in the first octet.
constexpr unsigned integer = 0x02, octet_string = 0x04, object_identifier = 0x06, sequence = 0x30,
                   set = 0x31, explicit_0 = 0xA0, constructed_octets = 0x24;

constexpr std::string_view signed_data("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9);  // RFC 5652 §5.1

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

std::optional<std::string> signed_content(std::string_view bytes) {
    Elements file(bytes);
    const auto content_info = file.take(sequence);
    if (!content_info) return {};
    Elements info(*content_info);
    if (info.take(object_identifier) != signed_data) return {};
    const auto wrapped = info.take(explicit_0);
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
