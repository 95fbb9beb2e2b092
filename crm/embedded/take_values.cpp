#include "crm/embedded/take_values.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "crm/address.hpp"
#include "mime/domain.hpp"

namespace crm::embedded {
namespace {

constexpr std::array address_columns{"email", "email2", "email3"};

std::set<std::string> domains_in(const std::string& cell) {
    std::set<std::string> domains;
    std::istringstream words(cell);
    for (std::string word; words >> word;) {
        if (auto domain = comparable_domain(word); !domain.empty()) {
            domains.insert(std::move(domain));
        }
    }
    return domains;
}

void take_addresses(const PeopleLine& line, std::vector<std::string>& addresses) {
    std::set<std::string> told;
    for (const auto& [column, cell] : line.cells) {
        if (is_address_field(column)) told.insert(mime::comparable_address(cell));
    }
    const auto places = std::max(address_columns.size(), addresses.size());
    std::vector<std::string> merged;
    for (std::size_t place = 0; place < places; ++place) {
        auto cell = line.cells.end();
        if (place < address_columns.size()) cell = line.cells.find(address_columns[place]);
        if (cell != line.cells.end()) {
            merged.push_back(cell->second);
        } else if (place < addresses.size() && !told.contains(mime::comparable_address(addresses[place]))) {
            merged.push_back(addresses[place]);
        }
    }
    addresses = std::move(merged);
}

}  // namespace

void take_values(const PeopleLine& line, Record& record) {
    for (const auto& [column, cell] : line.cells) {
        if (column == "status") {
            record.status = cell;
        } else if (column == "domain") {
            if (auto domains = domains_in(cell); !domains.empty()) {
                record.domains = std::move(domains);
            }
        } else if (!is_address_field(column) && column != "account" && column != "contact" &&
                   column != "owner") {
            record.fields[column] = cell;
        }
    }
    take_addresses(line, record.addresses);
}

std::string first_address(const PeopleLine& line) {
    const auto cell = std::ranges::find_if(line.cells, [](const auto& one) {
        return is_address_field(one.first);
    });
    return cell == line.cells.end() ? "" : cell->second;
}

}  // namespace crm::embedded
