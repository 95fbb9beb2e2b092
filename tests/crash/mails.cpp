#include "tests/crash/mails.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace crash {

namespace {

constexpr const char* names[] = {
    "to-inbox",
    "to-sent-items",
    "purged",
    "copy-removed",
    "copy-purged",
    "unmatched",
    "unmatched-sent",
    "shared",
    "captured",
    "captured-sent"};

std::uint64_t any(std::mt19937_64& dice, std::uint64_t of) {
    return dice() % of;
}

std::string somebody(std::mt19937_64& dice) {
    const auto person = any(dice, 900);
    return fmt::format("person{}@company{}.example", person, person % 60);
}

std::vector<std::string> users_of(
    Fate fate, const std::vector<std::string>& users, std::mt19937_64& dice
) {
    if (fate == Fate::purged || fate == Fate::copy_purged) return {purging_user};
    const auto first = any(dice, users.size());
    if (fate != Fate::shared) return {users[first]};
    return {users[first], users[(first + 1 + any(dice, users.size() - 1)) % users.size()]};
}

/// "Person1 <person1@company1.example>": the name is the same wherever the address occurs.
std::string written(const std::string& address) {
    std::string name = address.substr(0, address.find('@'));
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name + " <" + address + ">";
}

std::string joined(const std::vector<std::string>& addresses) {
    std::string text;
    for (const std::string& address : addresses)
        text += (text.empty() ? "" : ", ") + written(address);
    return text;
}

std::string mime_of(
    const Mail& mail, const std::vector<std::string>& others, std::mt19937_64& dice
) {
    const std::vector<std::string> first = {others.front()}, rest(others.begin() + 1, others.end());
    std::string text =
        "From: " + (mail.is_sent() ? written(mail.users.front()) : joined(first)) + "\r\n";
    text += "To: " + (mail.is_sent() ? joined(first) : joined(mail.users)) + "\r\n";
    if (!rest.empty()) text += "Cc: " + joined(rest) + "\r\n";
    text += "Subject: " + mail.subject + "\r\nMessage-ID: " + mail.message_id +
            "\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n";
    const auto lines = 1 + any(dice, 12);
    for (std::uint64_t i = 0; i < lines; ++i)
        text += fmt::format("How much is number {}?\r\n", any(dice, 1000));
    return text;
}

}  // namespace

std::string_view to_text(Fate fate) {
    return names[static_cast<std::size_t>(fate)];
}

std::optional<Fate> fate(std::string_view text) {
    for (const Fate one : all_fates) {
        if (to_text(one) == text) return one;
    }
    return std::nullopt;
}

bool Mail::is_archived() const {
    return fate != Fate::unmatched && fate != Fate::unmatched_sent;
}

bool Mail::is_sent() const {
    return fate == Fate::to_sent_items || fate == Fate::unmatched_sent ||
           fate == Fate::captured_sent;
}

std::string Mail::drop_folder() const {
    std::string name = "- Create New " + kind;
    name[13] = static_cast<char>(kind.front() - 'a' + 'A');
    return name;
}

std::vector<Place> Mail::places() const {
    std::vector<Place> places;
    if (fate == Fate::purged) return places;
    std::vector<std::string> categories = {
        is_archived() ? "Processing Complete" : "Missing Required Matches"};
    if (is_captured()) categories.insert(categories.begin(), "Company CRM");
    for (const std::string& user : users) places.push_back({user, origin(), categories});
    if (fate == Fate::copy_removed) places.push_back({users.front(), "deleteditems", {}});
    std::ranges::sort(places);
    return places;
}

Mail make_mail(
    int number, Fate fate, const std::vector<std::string>& users, std::mt19937_64& dice
) {
    constexpr const char* kinds[] = {"email", "opportunity", "case", "project", "quote"};
    Mail mail;
    mail.number = number;
    mail.fate = fate;
    mail.users = users_of(fate, users, dice);
    mail.kind = mail.is_captured() ? "email" : kinds[any(dice, std::size(kinds))];
    mail.subject = fmt::format("Enquiry {}", number);
    mail.message_id = fmt::format("<enquiry-{}@crash.example>", number);
    if (!mail.is_archived()) {
        mail.mime = mime_of(mail, {"colleague@us.example"}, dice);
        return mail;
    }
    mail.people.push_back(somebody(dice));
    std::string copied = somebody(dice);
    if (any(dice, 3) == 0 && copied != mail.people.front())
        mail.people.push_back(std::move(copied));
    mail.mime = mime_of(mail, mail.people, dice);
    return mail;
}

std::string domain_of(const std::string& address) {
    return address.substr(address.find('@') + 1);
}

}  // namespace crash
