#include "rules/check_precautions.hpp"

#include <fmt/format.h>

#include <map>
#include <string>

#include "mime/domain.hpp"
#include "rules/mail_address.hpp"
#include "rules/xml_value.hpp"

namespace rules {

void check_error_notices(const pugi::xml_node& notices, PlacedProblems& problems) {
    std::map<std::string, int> lines;
    for (const auto node : notices.children("to")) {
        const auto address = xml_text(node.text().get());
        if (address.empty()) continue;
        if (const auto wrong = wrong_address(address); !wrong.empty()) {
            problems.report(node, "", fmt::format("\"{}\" is no mail address: {}", address, wrong));
            continue;
        }
        const auto [first, is_new] =
            lines.emplace(mime::comparable_address(address), problems.line(node));
        if (!is_new)
            problems.report(
                node,
                "",
                fmt::format("{} stands in line {} already; remove one", address, first->second)
            );
    }
}

}  // namespace rules
