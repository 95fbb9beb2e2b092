#include "agent/marking.hpp"

#include <algorithm>

#include "rules/categories.hpp"

namespace agent {

std::vector<std::string> merge(std::vector<std::string> categories, const Marking& marking) {
    const auto is_in = [](const std::vector<std::string>& list, const std::string& one) {
        return std::any_of(list.begin(), list.end(), [&one](const std::string& other) {
            return rules::same_category(one, other);
        });
    };
    std::erase_if(categories, [&](const std::string& one) {
        return is_in(marking.categories_remove, one) && !is_in(marking.categories_add, one);
    });
    for (const std::string& one : marking.categories_add) {
        if (!is_in(categories, one)) categories.push_back(one);
    }
    return categories;
}

}  // namespace agent
