#include "rules/categories.hpp"

#include <algorithm>
#include <array>

#include "mime/ascii.hpp"

namespace rules {

bool same_category(std::string_view a, std::string_view b) {
    return mime::equal(a, b);
}

CarriedCategories carried_categories(
    const Policy& policy, const std::vector<std::string>& categories
) {
    const std::array processed{
        &policy.categories.complete, &policy.categories.missing_matches, &policy.categories.error};
    CarriedCategories carried;
    for (const auto& category : categories) {
        if (same_category(category, policy.category.name)) carried.of_policy = true;
        const bool is_processed = std::ranges::any_of(processed, [&](const std::string* name) {
            return same_category(category, *name);
        });
        if (is_processed && carried.processed.empty()) carried.processed = category;
    }
    return carried;
}

}  // namespace rules
