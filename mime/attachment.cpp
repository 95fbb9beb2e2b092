#include "mime/attachment.hpp"

#include "mime/limits.hpp"
#include "mime/transfer.hpp"

namespace mime {
namespace {

std::size_t hand_over(std::string& ready, const std::function<void(std::string_view)>& take) {
    const std::string_view all = ready;
    for (std::size_t at = 0; at < all.size(); at += limits::slice)
        take(all.substr(at, limits::slice));
    const auto count = ready.size();
    ready.clear();
    return count;
}

}  // namespace

Decoding decode(const Attachment& attachment, const std::function<void(std::string_view)>& take) {
    TransferDecoder decoder(attachment.encoding);
    std::string ready;
    std::size_t count = 0;
    for (std::size_t at = 0; at < attachment.raw.size(); at += limits::slice) {
        decoder.read(attachment.raw.substr(at, limits::slice), ready);
        count += hand_over(ready, take);
    }
    decoder.finish(ready);
    count += hand_over(ready, take);
    return {count, decoder.errors()};
}

std::string decode(const Attachment& attachment) {
    return decode_transfer(attachment.raw, attachment.encoding);
}

}  // namespace mime
