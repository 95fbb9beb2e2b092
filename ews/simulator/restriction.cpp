#include "ews/simulator/restriction.hpp"

#include <algorithm>

#include "ews/simulator/limits.hpp"
#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

using Values = std::vector<std::string>;

template <class T>
int order(const T& a, const T& b) {
    if (a < b) return -1;
    return b < a ? 1 : 0;
}

bool is_path(const pugi::xml_node& node) {
    const auto name = local_name(node);
    return name == "FieldURI" || name == "ExtendedFieldURI" || name == "IndexedFieldURI";
}

pugi::xml_node path_of(const pugi::xml_node& node) {
    for (const auto& each : elements(node))
        if (is_path(each)) return each;
    return {};
}

Values read_operand(const pugi::xml_node& comparison, const FieldReader& read) {
    const auto operand = child(comparison, "FieldURIOrConstant");
    if (const auto constant = child(operand, "Constant"))
        return {constant.attribute("Value").value()};
    return read(path_of(operand));
}

template <class Test>
bool any_pair(const Values& left, const Values& right, Test test) {
    return std::any_of(left.begin(), left.end(), [&](const auto& a) {
        return std::any_of(right.begin(), right.end(), [&](const auto& b) {
            return test(compare_values(a, b));
        });
    });
}

Outcome<bool> compare(
    std::string_view operation, const pugi::xml_node& node, const FieldReader& read
) {
    const auto left = read(path_of(node));
    const auto right = read_operand(node, read);
    if (operation == "IsEqualTo") return any_pair(left, right, [](int o) { return o == 0; });
    if (operation == "IsNotEqualTo") return !any_pair(left, right, [](int o) { return o == 0; });
    if (operation == "IsGreaterThan") return any_pair(left, right, [](int o) { return o > 0; });
    if (operation == "IsGreaterThanOrEqualTo")
        return any_pair(left, right, [](int o) { return o >= 0; });
    if (operation == "IsLessThan") return any_pair(left, right, [](int o) { return o < 0; });
    if (operation == "IsLessThanOrEqualTo")
        return any_pair(left, right, [](int o) { return o <= 0; });
    return Refusal{
        "ErrorUnsupportedPathForQuery", "Unknown restriction: " + std::string(operation)};
}

bool is_contained(std::string_view value, std::string_view wanted, std::string_view mode) {
    if (mode == "FullString") return value == wanted;
    if (mode == "Prefixed") return value.starts_with(wanted);
    if (mode == "Substring") return value.find(wanted) != std::string_view::npos;
    for (auto at = value.find(wanted); at != std::string_view::npos;
         at = value.find(wanted, at + 1)) {
        const auto word_begins = at == 0 || value[at - 1] == ' ';
        const auto end = at + wanted.size();
        const auto word_ends = end >= value.size() || value[end] == ' ';
        if (word_begins && (word_ends || mode == "PrefixOnWords")) return true;
    }
    return false;
}

bool contains(const pugi::xml_node& node, const FieldReader& read) {
    const std::string_view comparison = node.attribute("ContainmentComparison").value();
    const std::string_view mode = node.attribute("ContainmentMode").as_string("FullString");
    const auto exact = comparison.empty() || comparison == "Exact";
    std::string wanted = child(node, "Constant").attribute("Value").value();
    if (!exact) wanted = lower(wanted);
    const auto values = read(path_of(node));
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
        return is_contained(exact ? value : lower(value), wanted, mode);
    });
}

Outcome<bool> evaluate(const pugi::xml_node& node, const FieldReader& read, std::size_t depth);

Outcome<bool> combine(
    const pugi::xml_node& node, bool until, const FieldReader& read, std::size_t depth
) {
    for (const auto& each : elements(node)) {
        auto result = evaluate(each, read, depth + 1);
        if (result.has_error() || *result == until) return result;
    }
    return !until;
}

Outcome<bool> evaluate(const pugi::xml_node& node, const FieldReader& read, std::size_t depth) {
    if (depth > limits::restriction_depth)
        return Refusal{"ErrorRestrictionTooComplex", "The restriction is nested too deeply."};
    const auto name = local_name(node);
    if (name == "And") return combine(node, false, read, depth);
    if (name == "Or") return combine(node, true, read, depth);
    if (name == "Exists") return !read(path_of(node)).empty();
    if (name == "Contains") return contains(node, read);
    if (name != "Not") return compare(name, node, read);
    const auto inner = elements(node);
    if (inner.empty()) return Refusal{"ErrorInvalidRestriction", "Not without an expression."};
    auto result = evaluate(inner.front(), read, depth + 1);
    if (result.has_error()) return result;
    return !*result;
}

}  // namespace

int compare_values(std::string_view a, std::string_view b) {
    const auto a_number = parse_number(a), b_number = parse_number(b);
    if (a_number && b_number) return order(*a_number, *b_number);
    const auto a_bool = parse_bool(a), b_bool = parse_bool(b);
    if (a_bool && b_bool) return order(*a_bool, *b_bool);
    const auto a_time = parse_time(a), b_time = parse_time(b);
    if (a_time && b_time) return order(*a_time, *b_time);
    return order(lower(a), lower(b));
}

Outcome<bool> meets(const pugi::xml_node& expression, const FieldReader& read) {
    return expression ? evaluate(expression, read, 0) : Outcome<bool>(true);
}

}  // namespace ews::simulator
