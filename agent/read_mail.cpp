#include "agent/read_mail.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "mime/contents.hpp"
#include "mime/domain.hpp"
#include "mime/fingerprint.hpp"
#include "mime/limits.hpp"
#include "mime/parse.hpp"

namespace agent {

namespace {

std::set<std::string> domains_of(const rules::Owner& owner) {
    std::set<std::string> domains;
    for (const std::string& address : owner.addresses)
        domains.insert(mime::registrable_domain(mime::domain_of(address)));
    return domains;
}

}  // namespace

ReadMail read_mail(
    MailBytes bytes, const rules::ItemProperties& item, const ServerWords& words
) {
    ReadMail result;
    result.bytes = std::move(bytes);
    result.message = mime::parse(result.bytes.view());
    auto [files, problems] = mime::files_of(result.message);
    result.files = std::move(files);
    std::ranges::move(problems, std::back_inserter(result.message.problems));
    if (result.message.html.value_or("").size() > mime::limits::html)
        result.message.problems.push_back(
            {"message", "more HTML than is shown; the original mail has all of it"}
        );
    std::string fingerprint = mime::fingerprint(result.message);
    std::ranges::move(
        readdress(result.message, words.addresses, domains_of(item.owner)),
        std::back_inserter(result.message.problems)
    );
    if (!words.remark.empty())
        result.message.problems.push_back({std::string(server_said), words.remark});
    result.mail = rules::mail_view(result.message, result.files, item);
    result.mail.fingerprint = std::move(fingerprint);
    return result;
}

}  // namespace agent
