#include "agent/attachment_content.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "agent/limits.hpp"
#include "mime/attachment.hpp"
#include "mime/transfer.hpp"

namespace agent {

namespace {

constexpr std::size_t raw_slice = 256U << 10U;

class Decoding final : public crm::Content::Reader {
public:
    Decoding(std::string_view raw, mime::TransferEncoding encoding)
        : raw_(raw), decoder_(encoding) {}

    std::string_view next() override {
        bytes_.clear();
        while (bytes_.empty() && !raw_.empty()) {
            const auto slice = raw_.substr(0, raw_slice);
            raw_.remove_prefix(slice.size());
            decoder_.read(slice, bytes_);
            if (raw_.empty()) decoder_.finish(bytes_);
        }
        return bytes_;
    }

private:
    std::string_view raw_;
    mime::TransferDecoder decoder_;
    std::string bytes_;
};

}  // namespace

crm::Content content_of(const mime::Attachment& file, std::size_t size, const MailBytes& mail) {
    if (size <= limits::big_mail) return mime::decode(file);
    auto open = [raw = file.raw, encoding = file.encoding, owner = file.owner, mail](
                ) -> std::unique_ptr<crm::Content::Reader> {
        return std::make_unique<Decoding>(raw, encoding);
    };
    return crm::Content(size, std::move(open));
}

}  // namespace agent
