#include "agent/outcome_json.hpp"

#include <boost/json.hpp>

namespace agent {

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
    return {
        {"record", archived.record}, {"existed", archived.existed}, {"created", std::move(created)}
    };
}

bool mail_existed(std::string_view outcome) {
    boost::system::error_code ec;
    const boost::json::value value = boost::json::parse({outcome.data(), outcome.size()}, ec);
    if (ec || !value.is_object()) return false;
    const boost::json::value* existed = value.get_object().if_contains("existed");
    return existed != nullptr && existed->is_bool() && existed->get_bool();
}

}  // namespace agent
