// How a mail carries the categories that a policy knows: the one by which its user asks for it, and
// those that say what became of it; "pending" says nothing of that. Used by evaluate and by
// agent/intake, which asks besides whether a mail failed: that one is being tried again and need
// not be asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/policy.hpp"

namespace rules {

/// Exchange compares names of categories without regard to case.
bool same_category(std::string_view a, std::string_view b);

struct CarriedCategories {
    bool of_policy = false;  ///< its user asks for it
    std::string finished;    ///< complete or missing-matches as it is spelt; "" for none
    bool failed = false;     ///< error: it is being tried again, or an admin must look
    bool operator==(const CarriedCategories&) const = default;
};

CarriedCategories carried_categories(
    const Policy& policy, const std::vector<std::string>& categories
);

}  // namespace rules
