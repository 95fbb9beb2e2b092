// Longer than other files: everything that touches libxml2 stands here, and nowhere else in rules/.
#include "rules/schema.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "rules/limits.hpp"
#include "rules/reword.hpp"
#include "rules/xml_places.hpp"

namespace rules {
namespace {

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* value) const { release(value); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Document = Owned<xmlDoc, xmlFreeDoc>;
using Parser = Owned<xmlParserCtxt, xmlFreeParserCtxt>;
using Schema = Owned<xmlSchema, xmlSchemaFree>;
using SchemaParser = Owned<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt>;
using Validator = Owned<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt>;

std::string text_of(const xmlChar* text) {
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::string one_line_of(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
    std::ranges::replace(text, '\n', ' ');
    return text;
}

/// The first thing that keeps a text from being XML, in our words where people meet it often.
std::string syntax_text(const xmlError& error) {
    const auto first = error.str1 == nullptr ? std::string() : error.str1;
    const auto second = error.str2 == nullptr ? std::string() : error.str2;
    switch (error.code) {
        case XML_ERR_DOCUMENT_EMPTY:
            return "the file holds no XML element";
        case XML_ERR_DOCUMENT_END:
            return "more follows behind the end of the first element; a file holds one, so remove it";
        case XML_ERR_TAG_NAME_MISMATCH:
            return fmt::format(
                "</{}> closes <{}> of line {}; write </{}> before it",
                second,
                first,
                error.int1,
                first
            );
        case XML_ERR_TAG_NOT_FINISHED:
            return fmt::format(
                "<{}> of line {} is not closed; write </{}>", first, error.int1, first
            );
        case XML_ERR_ATTRIBUTE_REDEFINED:
            return fmt::format("the attribute {} stands twice in one element; keep one", first);
        case XML_ERR_UNDECLARED_ENTITY:
            return fmt::format("the entity &{}; is unknown; write & as &amp;", first);
        case XML_ERR_NAME_REQUIRED:
        case XML_ERR_ENTITYREF_SEMICOL_MISSING:
            return "& or < stands alone; write &amp; or &lt;, or the > that the tag before it lacks";
        case XML_ERR_ATTRIBUTE_NOT_STARTED:
            return "a value without quotes; write name=\"value\"";
        case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
            return fmt::format("the attribute {} has no value; write {}=\"…\"", first, first);
        case XML_ERR_SPACE_REQUIRED:
            return "the value before this has ended; write &quot; for a quote in it, and a blank between attributes";
        case XML_ERR_ATTRIBUTE_NOT_FINISHED:
            return "the file ends within a value; close its quotes";
        case XML_ERR_COMMENT_NOT_FINISHED:
            return "the file ends within a comment; write --> where it ends";
        case XML_ERR_HYPHEN_IN_COMMENT:
            return "-- stands in a comment; write one - there";
        case XML_ERR_RESERVED_XML_NAME:
            return "<?xml …?> has to be the very beginning of the file; remove what stands before it";
        case XML_ERR_LT_IN_ATTRIBUTE:
            return "< stands in a value; write &lt;, or close the quotes";
        case XML_ERR_INVALID_ENCODING:
        case XML_ERR_INVALID_CHAR:
            return "these bytes are not UTF-8 text; save the file as UTF-8";
        case XML_NS_ERR_UNDEFINED_NAMESPACE:
            return fmt::format("the prefix {} is unknown; leave it out", first);
        default:
            return one_line_of(error.message == nullptr ? "" : error.message);
    }
}

std::optional<Problem> unreadable(std::string_view xml) {
    if (xml.size() > max_xml_bytes)
        return Problem{0, 0, fmt::format("the file is larger than {} bytes", max_xml_bytes)};
    if (xml.starts_with("\xFF\xFE") || xml.starts_with("\xFE\xFF"))
        return Problem{1, 1, "the file is UTF-16; save it as UTF-8"};
    if (xml.empty()) return Problem{1, 1, "the file is empty"};
    xml = without_bom(xml);
    const auto doctype = find_places(xml).doctype;
    if (!doctype) return std::nullopt;
    const auto [line, column] = position(xml, *doctype);
    return Problem{line, column, "a DOCTYPE is not allowed, nor are entities; remove it"};
}

struct Parsed {
    Document document;
    Problems problems;
};

Parsed parse(std::string_view xml) {
    if (auto problem = unreadable(xml)) return {nullptr, {std::move(*problem)}};
    xml = without_bom(xml);
    const Parser parser(xmlNewParserCtxt());
    Parsed parsed;
    parser->_private = &parsed.problems;
    // Taken by `auto`: const xmlError* or xmlError*, as the version of libxml2 has it.
    parser->sax->serror = [](void* context, auto error) {
        auto& problems = *static_cast<Problems*>(static_cast<xmlParserCtxt*>(context)->_private);
        // What follows the first error is seldom one of its own.
        if (error->level == XML_ERR_WARNING || !problems.empty()) return;
        problems.push_back({error->line, error->int2, syntax_text(*error)});
    };
    const auto size = static_cast<int>(xml.size());
    parsed.document.reset(
        xmlCtxtReadMemory(parser.get(), xml.data(), size, nullptr, "UTF-8", XML_PARSE_NONET)
    );
    if (parsed.document == nullptr && parsed.problems.empty())
        parsed.problems.push_back({1, 1, "the file is not XML"});
    return parsed;
}

/// Collects what the schema finds wrong in a document, each with its place.
class Validation {
public:
    Validation(
        std::string_view xsd, std::string_view xml, const XmlPlaces& places, xmlDoc& document
    )
        : xml_(xml), places_(places), document_(document), rewording_(xsd) {
        number(xmlDocGetRootElement(&document_));
        const SchemaParser parser(
            xmlSchemaNewMemParserCtxt(xsd.data(), static_cast<int>(xsd.size()))
        );
        schema_.reset(xmlSchemaParse(parser.get()));
        if (schema_ == nullptr) throw std::logic_error("an embedded schema is invalid");
        refuse_prefixes();
    }

    /// libxml2 stops looking at the rest of an element behind a child that should not be there:
    /// such children are taken out and the rest is looked at again.
    Problems run() {
        do {
            unexpected_.clear();
            validate_once();
            for (auto* node : unexpected_) take_out(*node);
        } while (!unexpected_.empty() && problems_.size() < max_problems);
        Problems sorted;
        for (auto& [place, problem] : problems_) sorted.push_back(std::move(problem));
        return sorted;
    }

private:
    struct Report {
        int code = 0;
        std::string message;
        xmlNode* node = nullptr;
    };

    void number(xmlNode* node) {
        for (; node != nullptr; node = node->next) {
            if (node->type != XML_ELEMENT_NODE) continue;
            ordinal_.emplace(node, ordinal_.size());
            if (node->ns != nullptr && node->ns->prefix != nullptr)
                prefixed_.try_emplace({text_of(node->ns->href), text_of(node->ns->prefix)}, node);
            number(node->children);
        }
    }

    void refuse_prefixes();

    void validate_once() {
        const Validator validator(xmlSchemaNewValidCtxt(schema_.get()));
        std::vector<Report> reports;
        xmlSchemaSetValidStructuredErrors(
            validator.get(),
            [](void* context, auto error) {
                const auto message = one_line_of(error->message == nullptr ? "" : error->message);
                auto* node = static_cast<xmlNode*>(error->node);
                static_cast<std::vector<Report>*>(context)->push_back({error->code, message, node});
            },
            &reports
        );
        xmlSchemaValidateDoc(validator.get(), &document_);
        for (const auto& report : reports) add(report);
    }

    void take_out(xmlNode& node) {
        unexpected_of_[node.parent].push_back(text_of(node.name));
        xmlUnlinkNode(&node);
        taken_out_.emplace_back(&node);
    }

    void add(const Report& report);
    std::size_t offset(const xmlNode& element, const Finding& finding) const;
    Finding describe(const Report& report, const xmlNode& element) const;

    std::string_view xml_;
    const XmlPlaces& places_;
    xmlDoc& document_;
    Rewording rewording_;
    Schema schema_;
    std::unordered_map<const xmlNode*, std::size_t> ordinal_;
    std::map<std::pair<std::string, std::string>, const xmlNode*>
        prefixed_;  ///< by namespace and prefix: the first such element
    std::vector<Owned<xmlNode, xmlFreeNode>> taken_out_;
    std::vector<xmlNode*> unexpected_;
    std::unordered_map<const xmlNode*, std::vector<std::string>> unexpected_of_;  ///< by parent
    std::map<std::pair<std::size_t, std::string>, Problem> problems_;  ///< by offset and subject
};

Finding::Kind kind_of(int code, const std::string& message) {
    switch (code) {
        case XML_SCHEMAV_CVC_ELT_1:
            return Finding::Kind::root;
        case XML_SCHEMAV_ELEMENT_CONTENT:
            return message.find("Missing child") == std::string::npos
                       ? Finding::Kind::element
                       : Finding::Kind::missing_child;
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
            return Finding::Kind::attribute;
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
            return Finding::Kind::missing_attribute;
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
            return Finding::Kind::text;
        case XML_SCHEMAV_CVC_ENUMERATION_VALID:
            return Finding::Kind::enumeration;
        case XML_SCHEMAV_CVC_MINLENGTH_VALID:
            return Finding::Kind::too_short;
        case XML_SCHEMAV_CVC_MAXLENGTH_VALID:
            return Finding::Kind::too_long;
        case XML_SCHEMAV_CVC_MININCLUSIVE_VALID:
            return Finding::Kind::too_small;
        case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID:
            return Finding::Kind::too_great;
        default:
            return Finding::Kind::value;
    }
}

/// The text between the last `'` and the one before it: libxml2 ends its sentences with the limit.
std::string last_quoted(const std::string& message) {
    const auto end = message.rfind('\'');
    if (end == std::string::npos || end == 0) return "";
    const auto begin = message.rfind('\'', end - 1);
    return begin == std::string::npos ? "" : message.substr(begin + 1, end - begin - 1);
}

std::string attribute_in(const std::string& message) {
    constexpr std::string_view mark = "ttribute '";
    const auto begin = message.find(mark);
    if (begin == std::string::npos) return "";
    const auto from = begin + mark.size();
    const auto end = message.find('\'', from);
    return end == std::string::npos ? "" : message.substr(from, end - from);
}

std::string content_of(xmlNode* node) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> content(xmlNodeGetContent(node), xmlFree);
    return text_of(content.get());
}

Finding Validation::describe(const Report& report, const xmlNode& element) const {
    Finding finding;
    finding.kind = kind_of(report.code, report.message);
    finding.element = text_of(element.name);
    finding.attribute = attribute_in(report.message);
    if (element.parent != nullptr && element.parent->type == XML_ELEMENT_NODE)
        finding.parent = text_of(element.parent->name);
    const bool inside = finding.kind == Finding::Kind::missing_child;
    const xmlNode* sibling = inside ? element.children : element.prev;
    for (; sibling != nullptr; sibling = inside ? sibling->next : sibling->prev)
        if (sibling->type == XML_ELEMENT_NODE) finding.children.push_back(text_of(sibling->name));
    if (const auto gone = unexpected_of_.find(&element); inside && gone != unexpected_of_.end())
        finding.children.insert(finding.children.end(), gone->second.begin(), gone->second.end());
    if (finding.kind == Finding::Kind::root) {
        finding.value = element.ns == nullptr ? "" : text_of(element.ns->href);
        return finding;
    }
    auto* attribute =
        xmlHasProp(&element, reinterpret_cast<const xmlChar*>(finding.attribute.c_str()));
    if (attribute != nullptr)
        finding.value = content_of(reinterpret_cast<xmlNode*>(attribute));
    else if (finding.attribute.empty())
        finding.value = content_of(const_cast<xmlNode*>(&element));
    finding.limit = last_quoted(report.message);
    const auto space = element.ns == nullptr ? std::string() : text_of(element.ns->href);
    finding.foreign = space != rewording_.target_namespace();
    return finding;
}

std::size_t Validation::offset(const xmlNode& element, const Finding& finding) const {
    const auto& place = places_.elements.at(ordinal_.at(&element));
    for (const auto& [name, offset] : place.attributes)
        if (name == finding.attribute && finding.kind != Finding::Kind::missing_attribute)
            return offset;
    if (finding.kind == Finding::Kind::text && xml_.substr(place.content, 1) != "<")
        return place.content;
    return place.tag;
}

/// Valid by any schema, but our readers look for names as they are written. Once a prefix.
void Validation::refuse_prefixes() {
    const auto* root = xmlDocGetRootElement(&document_);
    for (const auto& [name, node] : prefixed_) {
        const auto& [space, prefix] = name;
        if (space != rewording_.target_namespace() || problems_.size() >= max_problems) continue;
        const auto at = places_.elements.at(ordinal_.at(node)).tag;
        const auto [line, column] = position(xml_, at);
        auto text = fmt::format(
            "<{0}:{1}> has a prefix; write <{2} xmlns=\"{3}\" …> and leave {0}: out everywhere",
            prefix,
            text_of(node->name),
            text_of(root->name),
            space
        );
        problems_.try_emplace({at, "a prefix"}, Problem{line, column, std::move(text)});
    }
}

void Validation::add(const Report& report) {
    auto* node = report.node;
    if (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->parent;
    if (node == nullptr || !ordinal_.contains(node)) return;
    const auto finding = describe(report, *node);
    if (finding.kind == Finding::Kind::element) unexpected_.push_back(node);
    const auto at = offset(*node, finding);
    auto text = rewording_.text(finding);
    if (text.empty() || problems_.size() >= max_problems) return;
    const auto [line, column] = position(xml_, at);
    const bool is_missing = finding.kind == Finding::Kind::missing_child ||
                            finding.kind == Finding::Kind::missing_attribute;
    // One of a kind in a place: libxml2 adds "not a valid value" to the reason why it is none.
    const auto subject = (is_missing ? "no " : "") + finding.attribute;
    problems_.try_emplace({at, subject}, Problem{line, column, std::move(text)});
}

}  // namespace

Problems syntax_problems(std::string_view xml) {
    return parse(xml).problems;
}

Problems validate(std::string_view xsd, std::string_view xml) {
    auto parsed = parse(xml);
    if (!parsed.problems.empty()) return std::move(parsed.problems);
    xml = without_bom(xml);
    const auto places = find_places(xml);
    return Validation(xsd, xml, places, *parsed.document).run();
}

}  // namespace rules
