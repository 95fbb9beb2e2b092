#include "rules/policy.hpp"

namespace rules {

std::string_view to_text(SeveralContacts several) {
    switch (several) {
        case SeveralContacts::one:
            return "one";
        case SeveralContacts::all:
            return "all";
        case SeveralContacts::error:
            return "error";
    }
    return "";
}

std::string_view to_text(OnForbidden reaction) {
    switch (reaction) {
        case OnForbidden::retry:
            return "retry";
        case OnForbidden::rollback:
            return "rollback";
        case OnForbidden::ignore:
            return "ignore";
    }
    return "";
}

const AutomaticCapture* capture_of(const Policy& policy, const Role& role) {
    if (role.door == Role::Door::inbox) return &policy.inbox;
    if (role.door == Role::Door::sent_items) return &policy.sent_items;
    return nullptr;
}

const MatchOptions& match_of(const Policy& policy, const Role& role) {
    const auto* capture = capture_of(policy, role);
    return capture != nullptr ? capture->match : policy.smart_convert.match;
}

const CreationOptions& creation_of(const Policy& policy, const Role& role) {
    const auto* capture = capture_of(policy, role);
    return capture != nullptr ? capture->creation : policy.smart_convert.creation;
}

}  // namespace rules
