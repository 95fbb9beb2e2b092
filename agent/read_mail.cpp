#include "agent/read_mail.hpp"

#include <utility>

#include "mime/parse.hpp"

namespace agent {

ReadMail read_mail(std::string bytes, const rules::ItemProperties& item) {
    ReadMail result;
    result.bytes = std::make_shared<const std::string>(std::move(bytes));
    result.message = mime::parse(*result.bytes);
    result.mail = rules::mail_view(result.message, item);
    return result;
}

}  // namespace agent
