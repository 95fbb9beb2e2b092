#include "rules/decision.hpp"

namespace rules {

std::string_view to_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::archive:
            return "archive";
        case Verdict::skip:
            return "skip";
        case Verdict::hold:
            return "hold";
        case Verdict::fail:
            return "fail";
    }
    return "";
}

std::string_view to_text(Outcome outcome) {
    switch (outcome) {
        case Outcome::user:
            return "user";
        case Outcome::contact:
            return "contact";
        case Outcome::lead:
            return "lead";
        case Outcome::create_contact:
            return "create-contact";
        case Outcome::create_lead:
            return "create-lead";
        case Outcome::unmatched:
            return "unmatched";
        case Outcome::blocked:
            return "blocked";
        case Outcome::duplicate:
            return "duplicate";
    }
    return "";
}

std::string_view to_text(Disposition::Move move) {
    switch (move) {
        case Disposition::Move::none:
            return "null";
        case Disposition::Move::inbox:
            return "inbox";
        case Disposition::Move::sent_items:
            return "sent-items";
        case Disposition::Move::stay:
            return "stay";
    }
    return "";
}

}  // namespace rules
