#include "agent/read_mail.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "mime/contents.hpp"
#include "mime/limits.hpp"
#include "mime/parse.hpp"

namespace agent {

ReadMail read_mail(std::string bytes, const rules::ItemProperties& item) {
    ReadMail result;
    result.bytes = std::make_shared<const std::string>(std::move(bytes));
    result.message = mime::parse(*result.bytes);
    auto [files, problems] = mime::files_of(result.message);
    result.files = std::move(files);
    std::ranges::move(problems, std::back_inserter(result.message.problems));
    if (result.message.html.value_or("").size() > mime::limits::html)
        result.message.problems.push_back(
            {"message", "more HTML than is shown; the original mail has all of it"}
        );
    result.mail = rules::mail_view(result.message, result.files, item);
    return result;
}

}  // namespace agent
