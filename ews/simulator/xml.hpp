// Helpers over pugixml, which knows no namespaces: the simulator looks at local names only,
// and writes the prefixes m (messages) and t (types) that soap.cpp declares.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace ews::simulator {

/// The name of `node` without its prefix.
std::string_view local_name(const pugi::xml_node& node);
/// The first child element with this local name, or a null node.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
/// All child elements.
std::vector<pugi::xml_node> elements(const pugi::xml_node& node);
/// The text of a child element, "" if there is none.
std::string child_text(const pugi::xml_node& node, std::string_view name);
/// Appends <name>text</name>, without the characters that XML forbids.
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text);
void add_attribute(pugi::xml_node node, const char* name, std::string_view value);
/// `begin` and the document behind it, without line breaks and declaration.
std::string to_text(const pugi::xml_document& document, std::string begin = {});

}  // namespace ews::simulator
