#include "rules/xml_places.hpp"

#include <algorithm>

namespace rules {
namespace {

constexpr std::string_view spaces = " \t\r\n";

class Scanner {
public:
    explicit Scanner(std::string_view xml) : xml_(xml) {}

    XmlPlaces run() {
        while ((at_ = xml_.find('<', at_)) != std::string_view::npos) {
            const auto rest = xml_.substr(at_);
            if (rest.starts_with("<!--")) {
                skip_behind("-->", 4);
            } else if (rest.starts_with("<![CDATA[")) {
                skip_behind("]]>", 9);
            } else if (rest.starts_with("<?")) {
                skip_behind("?>", 2);
            } else if (rest.starts_with("<!")) {
                places_.doctype = at_;
                break;
            } else if (rest.starts_with("</")) {
                skip_behind(">", 2);
            } else {
                start_tag();
            }
        }
        return std::move(places_);
    }

private:
    void skip_behind(std::string_view mark, std::size_t from) {
        const auto end = xml_.find(mark, std::min(at_ + from, xml_.size()));
        at_ = end == std::string_view::npos ? xml_.size() : end + mark.size();
    }

    void skip_spaces() { at_ = std::min(xml_.find_first_not_of(spaces, at_), xml_.size()); }

    std::size_t end_of_name() const {
        return std::min(xml_.find_first_of(" \t\r\n=/><", at_), xml_.size());
    }

    void start_tag() {
        XmlElementPlace element;
        element.tag = at_++;
        at_ = end_of_name();
        for (skip_spaces(); at_ < xml_.size() && xml_[at_] != '>' && xml_[at_] != '<';
             skip_spaces()) {
            if (xml_[at_] == '/' || xml_[at_] == '=') {
                ++at_;
                continue;
            }
            const auto begin = at_;
            at_ = end_of_name();
            element.attributes.emplace_back(xml_.substr(begin, at_ - begin), begin);
            value();
        }
        if (at_ < xml_.size() && xml_[at_] == '>') ++at_;
        const auto end = at_;
        skip_spaces();
        element.content = at_;
        at_ = end;
        places_.elements.push_back(std::move(element));
    }

    void value() {
        skip_spaces();
        if (at_ >= xml_.size() || xml_[at_] != '=') return;
        ++at_;
        skip_spaces();
        if (at_ >= xml_.size() || (xml_[at_] != '"' && xml_[at_] != '\'')) return;
        const auto end = xml_.find(xml_[at_], at_ + 1);
        at_ = end == std::string_view::npos ? xml_.size() : end + 1;
    }

    std::string_view xml_;
    std::size_t at_ = 0;
    XmlPlaces places_;
};

}  // namespace

XmlPlaces find_places(std::string_view xml) {
    return Scanner(xml).run();
}

XmlPosition position(std::string_view xml, std::size_t offset) {
    const auto before = xml.substr(0, std::min(offset, xml.size()));
    const auto line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto column =
        std::ranges::count_if(before.substr(line_start), [](char c) { return (c & 0xC0) != 0x80; });
    return {static_cast<int>(line), static_cast<int>(column) + 1};
}

std::string_view without_bom(std::string_view xml) {
    return xml.starts_with("\xEF\xBB\xBF") ? xml.substr(3) : xml;
}

}  // namespace rules
