// Any bytes are a mail: parsing neither throws nor reads beyond them, and attachments lie within
// them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mime/attachment.hpp"
#include "mime/charset.hpp"
#include "mime/fingerprint.hpp"
#include "mime/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto message = mime::parse(bytes);
    for (const auto& attachment : message.attachments) {
        const auto* begin = attachment.raw.data();
        const bool within =
            attachment.raw.empty() || (begin >= bytes.data() && attachment.raw.size() <= size);
        if (!within) std::abort();
        std::size_t sliced = 0;
        const auto count =
            mime::decode(attachment, [&](std::string_view slice) { sliced += slice.size(); });
        if (count.bytes != sliced || count.bytes != mime::decode(attachment).size()) std::abort();
    }
    const bool unicode = mime::is_utf8(message.subject) &&
                         mime::is_utf8(message.text.value_or("")) &&
                         mime::is_utf8(message.html.value_or(""));
    if (!unicode || mime::fingerprint(message).empty()) std::abort();
    return 0;
}
