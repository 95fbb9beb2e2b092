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

}  // namespace agent
