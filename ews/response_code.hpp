// What each answer of a server that is no success means: the kind of error, what the client does
// about it and, where people must act, what they have to do. One table, read by ews/error for the
// kind, by ews/http_status for the words, by agent/from_ews for reaction and advice.
#pragma once

#include <span>
#include <string_view>

#include "ews/error.hpp"

namespace ews {

enum class Reaction {
    wait_for_server,  ///< ask nothing for a while: the item is not to blame
    retry_item,       ///< the same later; the others go on
    look_up_item,     ///< not where it was: look for it by its mark before giving up
    read_anew,        ///< another writer: read the item, do it again, a few times
    find_folders,     ///< look for the folders by name, make what is missing
    subscribe_anew,   ///< then read every folder
    restart_sync,     ///< read the folder with an empty SyncState
    set_aside,        ///< the item cannot succeed as it is, the others go on
    ask_admin,        ///< seldom try again: it ends when somebody has acted
    stop,             ///< we are stopping
};

struct Meaning {
    std::string_view
        code;  ///< ResponseCode as the server writes it; else, in words, where it came from
    errc kind;
    Reaction reaction;
    std::string_view
        advice;  ///< for an admin, a sentence without its full stop; "" where nobody need act
};

/// The whole table: ResponseCodes by subject, then HTTP and the connection. Rows of one kind have
/// one reaction; every kind has a row.
std::span<const Meaning> meanings();
/// That row; by its name what the table does not know: "Transient" passes, anything else stays.
Meaning meaning_of(std::string_view code);
Reaction reaction_to(errc kind);
/// "" where nobody need act, or where `text` says it already, as it does of HTTP.
std::string_view advice_on(const Error& error);

}  // namespace ews
