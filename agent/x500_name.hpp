// Addresses that are no SMTP addresses: Exchange knows people inside by X.500 names
// ("/o=Us/cn=ben"), and wraps them ("IMCEAEX-_o=Us_cn=ben@us.example") where a mail must have an
// address. Rules and CRM must see neither. Pure; agent/resolve_senders asks the server who they
// are.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.hpp"

namespace agent {

/// What the server knows of people on a mail whose SMTP address the mail does not tell.
struct AddressBook {
    std::string from;                         ///< of the one From; "" if unknown
    std::map<std::string, std::string> smtp;  ///< comparable_name -> address
    bool is_inside = false;  ///< the server says that From is of its own organisation ("EX")
    bool operator==(const AddressBook&) const = default;
};

/// "/o=Us/cn=ben", "FAX:123", or the SMTP address that somebody has wrapped; nothing for what is
/// none of these.
std::optional<std::string> foreign_address(std::string_view address);
/// "IMCEA…-…": whatever stands in it, an address that a mail can have.
bool is_wrapped(std::string_view address);
bool is_x500_name(std::string_view name);
/// Lower case (ASCII) and without blanks, which readers of mail headers may have dropped.
std::string comparable_name(std::string_view name);
/// The name as an address of a domain that nobody has (RFC 2606).
std::string wrapped_name(std::string_view name);

/// X.500 names among the addressees, each once; no more than limits::strangers.
std::vector<std::string> x500_names(const mime::Message& message);
/// From is one person without an SMTP address.
bool is_from_foreign(const mime::Message& message);
/// Whether the head of a mail is worth reading for X.500 names; may be wrong where it says yes.
bool may_hold_x500_names(std::string_view head);

/// Gives addressees their SMTP address; whoever has none afterwards is left without any address,
/// and a problem at `server_said` names him. Anybody outside can write the name of somebody inside
/// into a mail. So a wrapped one counts only where the server says that the mail is from inside, or
/// at one of the domains that are ours: else it is an address like any other. A bare one in From
/// counts only by the server's word.
/// @param own_domains  registrable ones (mime/domain)
std::vector<mime::Problem> readdress(
    mime::Message& message, const AddressBook& book, const std::set<std::string>& own_domains
);

/// mime::Problem::where of what is the server's and not the mail's; it is told to the admin.
inline constexpr std::string_view server_said = "server";

}  // namespace agent
