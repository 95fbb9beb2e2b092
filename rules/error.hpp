// Errors of texts that people write (policy and configuration files): all at once, each with its
// place and the way out. Expected failures are values; exceptions are for broken invariants.
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <vector>

namespace rules {

/// One thing that is wrong in a file: `FILE:LINE:COLUMN: text`. Line and column count from 1; 0 is
/// unknown.
struct Problem {
    int line = 0;
    int column = 0;
    std::string text;  ///< what is wrong, what would be right
    bool operator==(const Problem&) const = default;
};
using Problems = std::vector<Problem>;

template <class T>
using Checked = boost::system::result<T, Problems>;

[[noreturn]] void
throw_exception_from_error(const Problems& problems, const boost::source_location&);

}  // namespace rules
