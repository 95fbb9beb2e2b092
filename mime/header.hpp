// Header fields (RFC 5322 §2.2): gathered line by line, looked up without side effects. Used by
// outline, which feeds the lines, and by everything that reads a field.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mime/message.hpp"

namespace mime {

/// The first field of that name, nullptr if there is none. Names are compared without case.
const std::string* find_field(const std::vector<HeaderField>& fields, std::string_view name);

/// The value of the first such field, "" if there is none; a view into `fields`.
std::string_view field_value(const std::vector<HeaderField>& fields, std::string_view name);

/// All values of a field that may be repeated, in order; views into `fields`.
std::vector<std::string_view> field_values(
    const std::vector<HeaderField>& fields, std::string_view name
);

/// Removes the line breaks of a folded value (§2.2.3) and blanks around it.
std::string unfold(std::string_view value);

/// What the header of a mail and those of its parts may still have together.
struct HeaderBudget {
    std::size_t fields, bytes;
};

/// Takes the lines of a header one after the other.
class HeaderReader {
public:
    enum class Line { field, end, odd };

    explicit HeaderReader(HeaderBudget budget) : left(budget) {}

    /// `line` is without its line break. `end`: the empty line; `odd`: no field, passed over as
    /// most programs do, for more fields may follow it.
    Line take(std::string_view line);

    std::vector<HeaderField> fields;
    HeaderBudget left;
    bool truncated = false;  ///< there was more than the budget

private:
    bool odd_ = false;  ///< the last line was no field, and what continues it is none either
};

}  // namespace mime
