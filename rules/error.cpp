#include "rules/error.hpp"

#include <stdexcept>

namespace rules {

void throw_exception_from_error(const Problems& problems, const boost::source_location&) {
    throw std::logic_error(
        problems.empty() ? "value of a failed rules::Checked" : problems.front().text
    );
}

}  // namespace rules
