// What lies in a mailbox: folders, items, and the MIME of an item with its parsed form. Plain
// values; mailbox.hpp keeps them consistent.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/text.hpp"
#include "mime/message.hpp"

namespace ews::simulator {

/// The value of an extended property. Keys: see extended_field.hpp.
struct Property {
    std::string type;  ///< MapiPropertyTypeType: "String", "StringArray", "Integer" …
    std::vector<std::string> values;
};

/// A mail as it came; never changed, so copies of an item share it.
struct Content {
    std::string mime;
    mime::Message message;  ///< points into `mime`
};

std::shared_ptr<const Content> read_content(std::string mime);

/// "IPM.Note", or what Exchange makes of meeting requests, reports and signed mail.
std::string item_class_of(const Content& content);

struct Item {
    std::uint64_t serial = 0;
    std::string id;
    std::uint64_t version = 0;  ///< the ChangeKey is made from it
    std::uint64_t folder = 0;
    std::string item_class = "IPM.Note";
    std::shared_ptr<const Content> content;
    Time received, created, modified;
    bool is_read = false;
    bool is_draft = false;
    std::string importance = "Normal";
    std::string sensitivity = "Normal";
    std::vector<std::string> categories;
    std::map<std::string, Property> properties;
    std::map<std::string, std::uint64_t> changed;  ///< field -> version that set it last
    std::uint32_t article = 0;                     ///< PidTagInternetArticleNumber
    std::string search_key;                        ///< survives move and copy
};

/// An object of GetUserConfiguration; the parts are as the client wrote them.
struct Configuration {
    std::string dictionary;  ///< the t:Dictionary element, "" if there is none
    std::string xml_data;    ///< base64
    std::string binary_data;
    std::string id;
};

struct Folder {
    std::uint64_t serial = 0;
    std::string id;
    std::uint64_t version = 0;
    std::uint64_t parent = 0;   ///< 0 for the root alone
    std::string distinguished;  ///< "inbox"; "" for a folder that a user made
    std::string display_name;
    std::string folder_class = "IPF.Note";
    std::set<std::uint64_t> items;
    std::size_t unread = 0;
    std::size_t deleted = 0;  ///< items that ever left
    std::uint32_t next_article = 1;
    Time touched;  ///< last change of what lies in it
    bool is_read_only = false;
    std::map<std::string, Property> properties;
    std::map<std::string, Configuration> configurations;
};

}  // namespace ews::simulator
