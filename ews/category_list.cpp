#include "ews/category_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <utility>

#include "ews/limits.hpp"
#include "ews/operations/create_user_configuration.hpp"
#include "ews/operations/get_user_configuration.hpp"
#include "ews/operations/update_user_configuration.hpp"
#include "ews/response.hpp"
#include "ews/sanitise.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

constexpr std::string_view empty_list =
    R"(<?xml version="1.0"?><categories default="" lastSavedSession="0" )"
    R"(lastSavedTime="1601-01-01T00:00:00.000" xmlns="CategoryList.xsd"></categories>)";

/// The GUID that Outlook wants: always the same for the same name, so that repeating makes no
/// second one.
std::string guid_of(std::string_view name) {
    const auto space = boost::uuids::string_generator()(std::string(property_set));
    auto guid = to_string(boost::uuids::name_generator_sha1(space)(std::string(name)));
    for (char& c : guid)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 32);
    return "{" + guid + "}";
}

/// Only what OWA writes too; Outlook adds its counters when the category is used.
std::string to_xml(const Category& category, const std::string& prefix) {
    pugi::xml_document document;
    auto node = add(document, (prefix + "category").c_str());
    add_attribute(node, "name", category.name);
    add_attribute(node, "color", fmt::to_string(category.color));
    add_attribute(node, "keyboardShortcut", "0");
    add_attribute(node, "guid", guid_of(category.name));
    add_attribute(node, "renameOnFirstUse", "0");
    return save(document);
}

Error unreadable(std::string_view why) {
    return protocol_error(fmt::format("the category list of the mailbox {}", why));
}

Result<pugi::xml_node> parse(pugi::xml_document& document, std::string_view xml) {
    if (xml.size() > limits::category_list) return unreadable("is too large");
    const std::string clean = clean_reply(std::string(xml));
    if (!document.load_buffer(clean.data(), clean.size(), pugi::parse_default, pugi::encoding_utf8))
        return unreadable("is broken XML");
    const auto root = document.document_element();
    if (local_name(root) != "categories") return unreadable("is something else");
    return root;
}

bool holds(const std::vector<Category>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(), [&](const Category& category) {
        return boost::beast::iequals(category.name, name);
    });
}

/// Puts `entries` before the end of the root element without touching another byte.
std::string insert(std::string_view xml, std::string_view prefix, std::string_view entries) {
    std::string whole(xml);
    const std::string end_tag = fmt::format("</{}categories", prefix);
    const auto end = whole.rfind(end_tag);
    if (end != std::string::npos) return whole.insert(end, entries);
    const auto self_closing = whole.rfind("/>");
    if (self_closing == std::string::npos) return whole;
    return whole.replace(self_closing, 2, fmt::format(">{}{}>", entries, end_tag));
}

UserConfiguration master_list(std::string xml) {
    return {DistinguishedFolder::calendar, "CategoryList", std::move(xml)};
}

}  // namespace

Result<std::vector<Category>> read_category_list(std::string_view xml) {
    pugi::xml_document document;
    const auto root = parse(document, xml);
    if (!root) return root.error();
    std::vector<Category> list;
    for (auto node : elements(*root, "category"))
        list.push_back({node.attribute("name").value(), node.attribute("color").as_int(-1)});
    return list;
}

Result<std::optional<std::string>> merge_category_list(
    std::string_view xml, const std::vector<Category>& wanted
) {
    const std::string_view base = xml.empty() ? empty_list : xml;
    auto list = read_category_list(base);
    if (!list) return list.error();
    pugi::xml_document document;
    const auto root = parse(document, base);
    const std::string_view root_name = root->name();
    const std::string prefix(root_name.substr(0, root_name.size() - local_name(*root).size()));
    std::string entries;
    for (const auto& [name, color] : wanted) {
        const Category category{clean_text(name), std::clamp(color, -1, 24)};
        if (holds(*list, category.name)) continue;
        entries += to_xml(category, prefix);
        list->push_back(category);
    }
    if (entries.empty()) return std::optional<std::string>();
    std::string merged = insert(base, prefix, entries);
    // Such as a comment that looks like the end tag: better no new category than a damaged list.
    const auto check = read_category_list(merged);
    if (!check || *check != *list) return unreadable("cannot be extended");
    return std::optional<std::string>(std::move(merged));
}

boost::asio::awaitable<Result<bool>> ensure_categories(
    Client& client, std::vector<Category> wanted
) {
    const UserConfiguration place = master_list({});
    GetUserConfiguration get{place.folder, place.name};
    auto present = co_await client.call(std::move(get));
    const bool is_missing = !present && present.error().code == errc::item_not_found;
    if (!present && !is_missing) co_return present.error();
    auto merged = merge_category_list(is_missing ? std::string_view() : *present, wanted);
    if (!merged) co_return merged.error();
    if (!*merged) co_return false;
    UserConfiguration list = master_list(**std::move(merged));
    if (is_missing) {
        CreateUserConfiguration create{std::move(list)};
        auto created = co_await client.call(std::move(create));
        if (!created) co_return created.error();
        co_return true;
    }
    UpdateUserConfiguration update{std::move(list)};
    auto updated = co_await client.call(std::move(update));
    if (!updated) co_return updated.error();
    co_return true;
}

}  // namespace ews
