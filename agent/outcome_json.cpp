#include "agent/outcome_json.hpp"

#include <boost/json.hpp>
#include <string>
#include <utility>

namespace agent {

namespace {

/// Empty where the text is something else.
boost::json::object object_in(std::string_view outcome) {
    boost::system::error_code ec;
    boost::json::value value = boost::json::parse({outcome.data(), outcome.size()}, ec);
    if (ec || !value.is_object()) return {};
    return std::move(value.get_object());
}

std::string text_of(const boost::json::value& record, std::string_view name) {
    if (!record.is_object()) return "";
    const boost::json::value* text = record.get_object().if_contains({name.data(), name.size()});
    if (text == nullptr || !text->is_string()) return "";
    return std::string(text->get_string());
}

}  // namespace

boost::json::object to_json(const Archived& archived) {
    boost::json::array created;
    for (const CreatedRecord& record : archived.created) {
        created.push_back(boost::json::object{
            {"kind", rules::to_text(record.kind)},
            {"key", record.key},
            {"record", record.id},
            {"existed", record.existed}
        });
    }
    boost::json::object object{
        {"record", archived.record}, {"existed", archived.existed}, {"created", std::move(created)}
    };
    boost::json::array left_out;
    for (const LeftOut& record : archived.left_out) {
        left_out.push_back(boost::json::object{
            {"kind", rules::to_text(record.kind)}, {"key", record.key}, {"why", record.why}
        });
    }
    if (!left_out.empty()) object["left_out"] = std::move(left_out);
    return object;
}

bool mail_existed(std::string_view outcome) {
    const boost::json::object object = object_in(outcome);
    const boost::json::value* existed = object.if_contains("existed");
    return existed != nullptr && existed->is_bool() && existed->get_bool();
}

std::vector<LeftOut> left_out_of(std::string_view outcome) {
    const boost::json::object object = object_in(outcome);
    const boost::json::value* records = object.if_contains("left_out");
    std::vector<LeftOut> left_out;
    if (records == nullptr || !records->is_array()) return left_out;
    for (const boost::json::value& record : records->get_array()) {
        const auto kind = rules::record_kind(text_of(record, "kind"));
        if (kind) left_out.push_back({*kind, text_of(record, "key"), text_of(record, "why")});
    }
    return left_out;
}

}  // namespace agent
