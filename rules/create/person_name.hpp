// First and last name of a person of whom only a mail is known. Used by create/record.
#pragma once

#include <string>
#include <string_view>

namespace rules {

struct PersonName {
    std::string first;
    std::string last;  ///< never empty for a non-empty address
    bool operator==(const PersonName&) const = default;
};

/// From the display name; where that is empty, an address or unreadable, from the local part.
PersonName person_name(std::string_view display_name, std::string_view address);

/// "Ann Bo", as people say it.
std::string full_name(const PersonName& name);

}  // namespace rules
