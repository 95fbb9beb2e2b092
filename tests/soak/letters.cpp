#include "tests/soak/letters.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace soak {

namespace {

std::string lines_of(std::mt19937_64& dice, std::size_t bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123";
    std::string text;
    text.reserve(bytes + bytes / 38);
    while (text.size() < bytes) {
        for (int i = 0; i < 76; ++i) text += letters[dice() % letters.size()];
        text += "\r\n";
    }
    return text;
}

/// Most are short; some quote a lot, a few have a file.
void fill(std::string& mime, std::mt19937_64& dice) {
    const auto kind = dice() % 100;
    if (kind < 70) return;
    if (kind < 97) {
        mime += lines_of(dice, 1000 + dice() % 12'000);
        return;
    }
    const auto head = mime.find("\r\n\r\n");
    const std::string body = mime.substr(head + 4);
    mime.resize(head);
    mime +=
        "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_part\"\r\n\r\n"
        "--=_part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
        body +
        "--=_part\r\nContent-Type: application/octet-stream; name=\"plan.bin\"\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=\"plan.bin\"\r\n\r\n" +
        lines_of(dice, 10'000 + dice() % 150'000) + "--=_part--\r\n";
}

}  // namespace

void Letters::arrive() {
    const auto fate = crash::all_fates[dice_() % std::size(crash::all_fates)];
    const int number = static_cast<int>(mails_.size()) + 1;
    crash::Mail mail = crash::make_mail(number, fate, users_, dice_);
    fill(mail.mime, dice_);
    std::vector<std::string> items;
    for (const std::string& user : mail.users)
        items.push_back(site_.exchange().deliver(user, mail.origin(), mail.mime));
    mail.mime.clear();
    mails_.push_back(std::move(mail));
    const std::chrono::milliseconds later(dice_() % 3000);
    agenda_.at(Steady::now() + later, [this, at = mails_.size() - 1, items] { act(at, items); });
}

void Letters::act(std::size_t at, const std::vector<std::string>& items) {
    const crash::Mail& mail = mails_[at];
    log_.expect(mail.message_id, LogReader::Wall::now());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string& user = mail.users[i];
        if (mail.is_captured()) {
            site_.exchange().categorise(user, items[i], {"Company CRM"});
        } else if (mail.is_copied()) {
            site_.exchange().copy(user, items[i], mail.drop_folder());
        } else {
            site_.exchange().move(user, items[i], mail.drop_folder());
        }
    }
    given_ += items.size();
}

}  // namespace soak
