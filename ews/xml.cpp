#include "ews/xml.hpp"

#include <algorithm>
#include <charconv>

#include "ews/sanitise.hpp"

namespace ews {
namespace {

constexpr std::string_view white_space = " \t\r\n";

struct Writer : pugi::xml_writer {
    std::string bytes;
    void write(const void* data, std::size_t size) override {
        bytes.append(static_cast<const char*>(data), size);
    }
};

std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view either) {
    if (text.empty() || either.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_after(std::string_view& text, std::string_view separator) {
    if (!take(text, separator)) return std::nullopt;
    return take_digits(text, 2);
}

std::chrono::milliseconds take_fraction(std::string_view& text) {
    if (!take(text, ".,")) return {};
    int value = 0, scale = 1000;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        scale /= 10;
        value += (text.front() - '0') * scale;
        text.remove_prefix(1);
    }
    return std::chrono::milliseconds(value);
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (text.empty() || take(text, "Zz")) return std::chrono::minutes(0);
    const int sign = text.front() == '-' ? -1 : 1;
    const auto hours = take_after(text, "+-");
    const auto minutes = take_after(text, ":");
    if (!hours || !minutes) return std::nullopt;
    return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

}  // namespace

std::string_view local_name(pugi::xml_node node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (auto node : parent.children())
        if (local_name(node) == name) return node;
    return {};
}

pugi::xml_node path(pugi::xml_node from, std::initializer_list<std::string_view> names) {
    for (const auto name : names) from = child(from, name);
    return from;
}

std::vector<pugi::xml_node> elements(pugi::xml_node parent) {
    std::vector<pugi::xml_node> found;
    for (auto node : parent.children())
        if (node.type() == pugi::node_element) found.push_back(node);
    return found;
}

std::vector<pugi::xml_node> elements(pugi::xml_node parent, std::string_view name) {
    std::vector<pugi::xml_node> found;
    for (auto node : parent.children())
        if (local_name(node) == name) found.push_back(node);
    return found;
}

std::string text(pugi::xml_node node) {
    std::string whole;
    for (auto part : node.children())
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
            whole += part.value();
    return whole;
}

std::string trimmed_text(pugi::xml_node node) {
    const std::string whole = text(node);
    const auto first = whole.find_first_not_of(white_space);
    if (first == std::string::npos) return {};
    return whole.substr(first, whole.find_last_not_of(white_space) - first + 1);
}

bool flag(pugi::xml_node node) {
    const std::string value = trimmed_text(node);
    return value == "true" || value == "1";
}

std::uint64_t number(pugi::xml_node node) {
    const std::string digits = trimmed_text(node);
    std::uint64_t value = 0;
    const auto end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, value);
    return problem == std::errc() && stop == end ? value : 0;
}

std::optional<Time> parse_time(std::string_view text) {
    using namespace std::chrono;
    const auto year_digits = take_digits(text, 4);
    const auto month_digits = take_after(text, "-");
    const auto day_digits = take_after(text, "-");
    const auto hour = take_after(text, "Tt ");
    const auto minute = take_after(text, ":");
    const auto second = take_after(text, ":");
    if (!year_digits || !month_digits || !day_digits || !hour || !minute || !second)
        return std::nullopt;
    const milliseconds fraction = take_fraction(text);
    const auto offset = take_offset(text);
    const year_month_day date{
        year(*year_digits),
        month(static_cast<unsigned>(*month_digits)),
        day(static_cast<unsigned>(*day_digits))};
    if (!offset || !text.empty() || !date.ok() || *hour > 24 || *minute > 59 || *second > 60)
        return std::nullopt;
    return sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) + fraction - *offset;
}

std::optional<Time> time(pugi::xml_node node) {
    return parse_time(trimmed_text(node));
}

pugi::xml_node add(pugi::xml_node parent, const char* name) {
    return parent.append_child(name);
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text) {
    auto node = parent.append_child(name);
    node.text().set(clean_text(text).c_str());
    return node;
}

void add_attribute(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(clean_text(value).c_str());
}

std::string save(const pugi::xml_document& document) {
    Writer writer;
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(writer.bytes);
}

void write_id(pugi::xml_node parent, const ItemId& id) {
    auto node = add(parent, "t:ItemId");
    add_attribute(node, "Id", id.id);
    if (!id.change_key.empty()) add_attribute(node, "ChangeKey", id.change_key);
}

void write_id(pugi::xml_node parent, const FolderRef& folder) {
    if (const auto* id = std::get_if<FolderId>(&folder.folder)) {
        auto node = add(parent, "t:FolderId");
        add_attribute(node, "Id", id->id);
        if (!id->change_key.empty()) add_attribute(node, "ChangeKey", id->change_key);
        return;
    }
    auto node = add(parent, "t:DistinguishedFolderId");
    add_attribute(node, "Id", to_text(std::get<DistinguishedFolder>(folder.folder)));
    if (folder.mailbox.empty()) return;
    add_text(add(node, "t:Mailbox"), "t:EmailAddress", folder.mailbox);
}

void write_ids(pugi::xml_node request, const std::vector<ItemId>& ids) {
    auto node = add(request, "m:ItemIds");
    for (const auto& id : ids) write_id(node, id);
}

ItemId read_item_id(pugi::xml_node node) {
    return {node.attribute("Id").value(), node.attribute("ChangeKey").value()};
}

FolderId read_folder_id(pugi::xml_node node) {
    return {node.attribute("Id").value(), node.attribute("ChangeKey").value()};
}

}  // namespace ews
