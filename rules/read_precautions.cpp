#include "rules/read_precautions.hpp"

#include "rules/mail_address.hpp"
#include "rules/xml_value.hpp"

namespace rules {
namespace {

OnForbidden reaction(const pugi::xml_node& node, const char* attribute) {
    const auto written = xml_text(node.attribute(attribute).value());
    for (const auto reaction : {OnForbidden::rollback, OnForbidden::ignore})
        if (written == to_text(reaction)) return reaction;
    return OnForbidden::retry;
}

}  // namespace

ErrorNotices read_error_notices(const pugi::xml_node& node) {
    ErrorNotices notices;
    notices.threshold = xml_number(node, "threshold", notices.threshold);
    for (const auto to : node.children("to"))
        notices.to.push_back(normal_address(xml_text(to.text().get())));
    return notices;
}

PermissionErrors read_permission_errors(const pugi::xml_node& node) {
    return {
        reaction(node, "create-account"),
        reaction(node, "create-person"),
        reaction(node, "create-record"),
        reaction(node, "archive")};
}

LoopBrakes read_loop_brakes(const pugi::xml_node& node) {
    LoopBrakes brakes;
    brakes.per_sender = xml_number(node, "per-sender", brakes.per_sender);
    brakes.per_thread = xml_number(node, "per-thread", brakes.per_thread);
    const auto window = static_cast<int>(brakes.window.count());
    brakes.window = std::chrono::minutes(xml_number(node, "minutes", window));
    return brakes;
}

}  // namespace rules
