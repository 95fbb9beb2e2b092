// What a search by Autodiscover has tried, a line a URL, and the error that comes of it when
// nothing was found. Apart from the walk because an admin reads it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"

namespace ews {

class AutodiscoverReport {
public:
    /// Where, and what came of it; nothing secret in it. `wait` is what the server asks for.
    void add(
        std::string_view where,
        errc code,
        std::string_view what,
        std::optional<std::chrono::milliseconds> wait = std::nullopt
    );

    const std::vector<std::string>& lines() const { return lines_; }

    /// All lines, under the code of the most telling one: a refused login before a server that is
    /// busy, before one that cannot be reached, before one that is something else.
    Error error(std::string_view address) const;

private:
    std::vector<std::string> lines_;
    errc code_ = errc::not_ews;
    std::optional<std::chrono::milliseconds> wait_;
};

}  // namespace ews
