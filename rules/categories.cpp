#include "rules/categories.hpp"

#include "mime/ascii.hpp"

namespace rules {

bool same_category(std::string_view a, std::string_view b) {
    return mime::equal(a, b);
}

CarriedCategories carried_categories(
    const Policy& policy, const std::vector<std::string>& categories
) {
    const auto& names = policy.categories;
    CarriedCategories carried;
    for (const auto& category : categories) {
        if (same_category(category, policy.category.name)) carried.of_policy = true;
        if (same_category(category, names.error)) carried.failed = true;
        const bool is_finished = same_category(category, names.complete) ||
                                 same_category(category, names.missing_matches);
        if (is_finished && carried.finished.empty()) carried.finished = category;
    }
    return carried;
}

}  // namespace rules
