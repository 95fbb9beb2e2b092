#include "rules/match/addressees.hpp"

#include <map>
#include <string>

namespace rules {
namespace {

/// The option that leaves the position out; "" if it is looked at.
std::string_view left_out_by(Position position, const MatchOptions& options) {
    switch (position) {
        case Position::from:
        case Position::to:
            return "";
        case Position::reply_to:
            return options.match_reply_to ? "" : "match-reply-to=\"false\"";
        case Position::cc:
        case Position::bcc:
            return options.match_cc_bcc ? "" : "match-cc-bcc=\"false\"";
    }
    return "";
}

}  // namespace

std::vector<Candidate> candidates(const Mail& mail, const MatchOptions& options, Trace& trace) {
    std::vector<Candidate> all;
    std::map<std::string, std::size_t> seen;
    for (const auto& addressee : mail.addressees) {
        const std::string position(to_text(addressee.position));
        if (const auto option = left_out_by(addressee.position, options); !option.empty()) {
            trace.push_back(
                {"addressee", addressee.address, position, "not looked at, " + std::string(option)}
            );
            continue;
        }
        if (addressee.key.empty()) {
            trace.push_back({"addressee", addressee.name, position, "no address, passed over"});
            continue;
        }
        const auto [first, is_new] = seen.try_emplace(addressee.key, all.size());
        all.push_back({&addressee, is_new ? std::nullopt : std::optional(first->second)});
    }
    return all;
}

}  // namespace rules
