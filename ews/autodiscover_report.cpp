#include "ews/autodiscover_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ews/autodiscover_xml.hpp"

namespace ews {
namespace {

constexpr errc by_weight[] = {
    errc::unauthorised,
    errc::forbidden,
    errc::no_such_mailbox,
    errc::unavailable,
    errc::untrusted,
    errc::redirected,
    errc::timeout,
    errc::unreachable,
    errc::gateway,
    errc::internal_error,
    errc::not_ews};

/// Smaller is more telling.
auto weight(errc code) {
    return std::distance(std::begin(by_weight), std::ranges::find(by_weight, code));
}

}  // namespace

void AutodiscoverReport::add(
    std::string_view where,
    errc code,
    std::string_view what,
    std::optional<std::chrono::milliseconds> wait
) {
    lines_.push_back(fmt::format("{}: {}", where, what));
    if (weight(code) < weight(code_)) code_ = code;
    if (wait) wait_ = std::max(wait_.value_or(*wait), *wait);
}

Error AutodiscoverReport::error(std::string_view address) const {
    std::string text =
        fmt::format("Autodiscover finds no EWS for {}. What was tried:", one_line(address));
    for (const auto& line : lines_) text += "\n  " + line;
    text +=
        "\nThe address of EWS can be configured instead: https://HOST/EWS/Exchange.asmx, for "
        "Exchange Online https://outlook.office365.com/EWS/Exchange.asmx.";
    return {code_, {}, std::move(text), code_ == errc::unavailable ? wait_ : std::nullopt};
}

}  // namespace ews
