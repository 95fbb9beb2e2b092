#include "agent/x500_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "agent/limits.hpp"
#include "mime/ascii.hpp"
#include "mime/charset.hpp"
#include "mime/domain.hpp"

namespace agent {

namespace {

constexpr std::string_view wrapping = "imcea";
constexpr std::string_view nobodys = "x500.invalid";  ///< domain of what we have wrapped (RFC 2606)

bool begins(std::string_view text, std::string_view with) {
    return mime::equal(text.substr(0, with.size()), with);
}

/// '/' is "_", what is no letter or digit "+" and two digits; else the type stands in front of ':'.
std::string unwrap(std::string_view type, std::string_view local) {
    std::string name;
    for (std::size_t i = 0; i < local.size(); ++i) {
        const int high = i + 2 < local.size() ? mime::hex_value(local[i + 1]) : -1;
        const int low = i + 2 < local.size() ? mime::hex_value(local[i + 2]) : -1;
        if (local[i] == '+' && high >= 0 && low >= 0) {
            name += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            name += local[i] == '_' ? '/' : local[i];
        }
    }
    name = mime::guess_utf8(name);
    const bool is_plain = mime::equal(type, "EX") || mime::equal(type, "SMTP");
    return is_plain ? name : fmt::format("{}:{}", type, name);
}

/// "Ben" of "/o=Us/cn=Recipients/cn=Ben"; a name for people, where the mail has none.
std::string last_part(const std::string& name) {
    return name.substr(name.rfind('=') + 1);
}

struct AddressField {
    std::string_view name;
    std::vector<mime::Mailbox> mime::Message::*people;
};
constexpr AddressField address_fields[]{
    {"From", &mime::Message::from},
    {"Reply-To", &mime::Message::reply_to},
    {"To", &mime::Message::to},
    {"Cc", &mime::Message::cc},
    {"Bcc", &mime::Message::bcc}};

/// Hides a name or address of somebody inside behind a domain.
bool hides_somebody(std::string_view address) {
    return (begins(address, "imceaex-") || begins(address, "imceasmtp-")) &&
           address.find('@') != std::string_view::npos;
}

std::string known_address(const std::string& foreign, const AddressBook& book) {
    const auto found = book.smtp.find(comparable_name(foreign));
    if (found != book.smtp.end()) return found->second;
    const bool is_smtp = !is_x500_name(foreign) && foreign.find(':') == std::string::npos;
    return is_smtp ? foreign : std::string();
}

}  // namespace

std::optional<std::string> foreign_address(std::string_view address) {
    address = mime::trim(address);
    const std::size_t dash = address.find('-');
    if (begins(address, wrapping) && dash != std::string_view::npos) {
        const std::string_view type = address.substr(wrapping.size(), dash - wrapping.size());
        const std::size_t sign = std::min(address.rfind('@'), address.size());
        if (type.find('@') == std::string_view::npos && sign > dash)
            return unwrap(type, address.substr(dash + 1, sign - dash - 1));
    }
    for (const std::string_view prefix : {"EX:", "X500:"})
        if (begins(address, prefix)) return std::string(address.substr(prefix.size()));
    if (is_x500_name(address)) return std::string(address);
    for (const std::string_view prefix : {"X400:", "FAX:", "NOTES:", "MSMAIL:"})
        if (begins(address, prefix)) return std::string(address);
    return std::nullopt;
}

bool is_wrapped(std::string_view address) {
    return begins(address, wrapping) && foreign_address(address).has_value();
}

bool is_x500_name(std::string_view name) {
    return begins(name, "/o=");
}

std::string comparable_name(std::string_view name) {
    std::string result = mime::lower(name);
    std::erase_if(result, mime::is_space);
    return result;
}

std::string wrapped_name(std::string_view name) {
    std::string result = "IMCEAEX-";
    for (const char c : name) {
        const bool plain = mime::is_letter(c) || mime::is_digit(c) || c == '=' || c == '-';
        if (c == '/') {
            result += '_';
        } else {
            result +=
                plain ? std::string(1, c) : fmt::format("+{:02X}", static_cast<unsigned char>(c));
        }
    }
    return fmt::format("{}@{}", result, nobodys);
}

std::vector<std::string> x500_names(const mime::Message& message) {
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (const AddressField& field : address_fields) {
        for (const mime::Mailbox& person : message.*field.people) {
            const std::optional<std::string> name = foreign_address(person.address);
            if (!name || !is_x500_name(*name) || names.size() >= limits::strangers) continue;
            if (seen.insert(comparable_name(*name)).second) names.push_back(*name);
        }
    }
    return names;
}

bool is_from_foreign(const mime::Message& message) {
    if (message.from.size() != 1) return false;
    const std::string& address = message.from.front().address;
    return address.find('@') == std::string::npos || foreign_address(address).has_value();
}

bool may_hold_x500_names(std::string_view head) {
    for (const std::string_view sign : {"imceaex-", "/o="}) {
        const auto found =
            std::search(head.begin(), head.end(), sign.begin(), sign.end(), [](char a, char b) {
                return mime::lower(a) == b;
            });
        if (found != head.end()) return true;
    }
    return false;
}

std::vector<mime::Problem> readdress(
    mime::Message& message, const AddressBook& book, const std::set<std::string>& own_domains
) {
    std::vector<mime::Problem> problems;
    if (is_from_foreign(message) && !book.from.empty()) {
        mime::Mailbox& from = message.from.front();
        if (from.name.empty() && !foreign_address(from.address)) from.name = from.address;
        from.address = book.from;
    }
    for (const AddressField& field : address_fields) {
        const bool is_from = field.people == &mime::Message::from;
        for (mime::Mailbox& person : message.*field.people) {
            const std::optional<std::string> name = foreign_address(person.address);
            if (!name) continue;
            const bool is_hidden = hides_somebody(person.address);
            const std::string domain = mime::domain_of(person.address);
            const bool is_ours = book.is_inside || (!is_from && domain == nobodys) ||
                                 own_domains.contains(mime::registrable_domain(domain));
            if (is_hidden && !is_ours) continue;
            const bool counts = is_hidden || book.is_inside || !is_from;
            person.address = counts ? known_address(*name, book) : std::string();
            if (!person.address.empty()) continue;
            if (person.name.empty()) person.name = last_part(*name);
            problems.push_back(
                {std::string(server_said),
                 fmt::format(
                     "{} in {} has no SMTP address, only an internal one that the server does not "
                     "resolve; left out",
                     person.name,
                     field.name
                 )}
            );
        }
    }
    return problems;
}

}  // namespace agent
