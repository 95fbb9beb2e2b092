// The master category list of a mailbox: names and colours that Outlook offers to its user. An XML
// document of Outlook (MS-OXOCFG 2.2.5.2) in the user configuration "CategoryList" of the calendar
// folder. What users made stays, byte for byte; we only add.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ews/client.hpp"
#include "ews/error.hpp"

namespace ews {

struct Category {
    std::string name;
    int color = -1;  ///< 0 to 24 as in MS-OXOCFG, -1 for none
    bool operator==(const Category&) const = default;
};

Result<std::vector<Category>> read_category_list(std::string_view xml);
/// `xml` with those of `wanted` that it does not name yet; nothing if it names all. Names are
/// compared without regard to the case of ASCII letters. An empty `xml` gives a new list.
Result<std::optional<std::string>> merge_category_list(
    std::string_view xml, const std::vector<Category>& wanted
);

/// Makes sure that the mailbox offers the categories; true if something had to be written.
boost::asio::awaitable<Result<bool>> ensure_categories(
    Client& client, std::vector<Category> wanted
);

}  // namespace ews
