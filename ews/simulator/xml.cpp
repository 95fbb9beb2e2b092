#include "ews/simulator/xml.hpp"

#include <utility>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    for (const auto& each : node.children())
        if (each.type() == pugi::node_element && local_name(each) == name) return each;
    return {};
}

std::vector<pugi::xml_node> elements(const pugi::xml_node& node) {
    std::vector<pugi::xml_node> result;
    for (const auto& each : node.children())
        if (each.type() == pugi::node_element) result.push_back(each);
    return result;
}

std::string child_text(const pugi::xml_node& node, std::string_view name) {
    return child(node, name).text().get();
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text) {
    auto node = parent.append_child(name);
    if (!text.empty()) node.text().set(printable(text).c_str());
    return node;
}

void add_attribute(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(printable(value).c_str());
}

std::string to_text(const pugi::xml_document& document, std::string begin) {
    struct Writer : pugi::xml_writer {
        std::string text;
        void write(const void* data, std::size_t size) override {
            text.append(static_cast<const char*>(data), size);
        }
    } writer;
    writer.text = std::move(begin);
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration);
    return std::move(writer.text);
}

}  // namespace ews::simulator
