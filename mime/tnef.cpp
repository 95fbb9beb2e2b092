// Longer than most files here: attributes, properties and RTF say the same things of a message, and
// which of them counts is decided in one place.
#include "mime/tnef.hpp"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/byte_reader.hpp"
#include "mime/charset.hpp"
#include "mime/code_page.hpp"
#include "mime/compressed_rtf.hpp"
#include "mime/limits.hpp"
#include "mime/line_breaks.hpp"
#include "mime/mapi_values.hpp"
#include "mime/rtf_text.hpp"
#include "mime/tnef_attribute.hpp"
#include "mime/tnef_file.hpp"

namespace mime {
namespace {

/// What a stream may cost together with the messages attached within it.
struct Budget {
    std::size_t rtf = limits::rtf;
    std::size_t files = limits::parts;
    std::size_t problems = limits::problems;
};

/// One message: a TNEF stream without those attached within it.
class Reader {
public:
    Reader(std::string_view bytes, Budget& budget) : bytes_(bytes), budget_(budget) {}

    Tnef run() {
        auto attributes = read_tnef_attributes(bytes_);
        for (auto& what : attributes.problems) problem(std::move(what));
        for (const auto& attribute : attributes.list) {
            if (attribute.level == TnefLevel::message)
                message_attribute(attribute);
            else if (!attachment_attribute(attribute))
                break;
        }
        bodies();
        files();
        return std::move(tnef_);
    }

private:
    void problem(std::string what) {
        if (budget_.problems == 0) return;
        --budget_.problems;
        tnef_.problems.push_back(std::move(what));
    }
    void problem(std::string_view where, std::string_view what) {
        problem(fmt::format("{}: {}", where, what));
    }

    void add_properties(MapiValues& to, std::string_view list, std::string_view where) {
        const auto why = to.add(list);
        if (!why.empty()) problem(where, why);
    }

    void message_attribute(const TnefAttribute& attribute) {
        switch (attribute.tag) {
            case TnefTag::subject:
                subject_ = attribute.data;
                break;
            case TnefTag::body:
                body_ = attribute.data;
                break;
            case TnefTag::oem_codepage:
                oem_codepage_ = ByteReader(attribute.data).u32();
                break;
            case TnefTag::msg_props:
                add_properties(properties_, attribute.data, "message");
                break;
            default:
                break;
        }
    }

    std::string this_attachment() const { return fmt::format("attachment {}", drafts_.size()); }

    /// False where there are more attachments than are read.
    bool attachment_attribute(const TnefAttribute& attribute) {
        if (attribute.tag == TnefTag::attach_rend_data || drafts_.empty()) {
            if (budget_.files == 0) {
                problem("message", "more attachments than are read");
                return false;
            }
            --budget_.files;
            drafts_.emplace_back();
        }
        auto& draft = drafts_.back();
        switch (attribute.tag) {
            case TnefTag::attach_title:
                draft.title = attribute.data;
                break;
            case TnefTag::attach_transport_filename:
                draft.transport_filename = attribute.data;
                break;
            case TnefTag::attach_data:
                draft.data = attribute.data;
                break;
            case TnefTag::attachment:
                add_properties(draft.properties, attribute.data, this_attachment());
                break;
            default:
                break;
        }
        return true;
    }

    /// attOemCodepage is that of attributes and of 8-bit properties (MS-OXTNEF 2.1.3).
    unsigned code_page() const {
        return oem_codepage_ != 0 ? oem_codepage_ : properties_.number(pid::message_codepage);
    }

    /// The property, and where it says nothing the attribute.
    Decoded string(std::uint16_t id, std::string_view attribute) const {
        auto decoded = properties_.decoded(id, code_page());
        return decoded.text.empty() ? decode_string8(attribute, code_page()) : decoded;
    }

    void bodies() {
        if (auto subject = string(pid::subject, subject_).text; !subject.empty())
            tnef_.subject = std::move(subject);
        tnef_.text = body(string(pid::body, body_), "text body");
        tnef_.html = body(html_property(), "HTML body");
        rtf();
    }

    /// Nothing where it says nothing.
    std::optional<std::string> body(Decoded decoded, std::string_view where) {
        auto& text = decoded.text;
        if (decoded.cut || text.size() > limits::text) problem(where, more_text);
        text.resize(whole_characters(text, limits::text).size());
        with_line_feeds(text);
        if (text.empty()) return std::nullopt;
        return std::move(text);
    }

    Decoded html_property() {
        const auto* const property = properties_.find(pid::html);
        if (property == nullptr || property->type != mapi_type::binary)
            return properties_.decoded(pid::html, code_page());
        auto bytes = property->value;
        while (!bytes.empty() && bytes.back() == '\0') bytes.remove_suffix(1);
        const auto charset = charset_of_code_page(properties_.number(pid::internet_codepage));
        auto decoded = to_utf8(bytes, charset);
        if (!decoded.problem.empty()) problem("HTML body", decoded.problem);
        return decoded;
    }

    void rtf() {
        const auto* const property = properties_.find(pid::rtf_compressed);
        if (property == nullptr || property->type != mapi_type::binary) return;
        auto decompressed = decompress_rtf(property->value, budget_.rtf);
        budget_.rtf -= decompressed.rtf.size();
        for (const auto& what : decompressed.problems) problem("RTF body", what);
        if (decompressed.rtf.empty()) return;
        auto said = read_rtf(decompressed.rtf);
        if (!said.problem.empty()) problem("RTF body", said.problem);
        auto& body = said.is_html ? tnef_.html : tnef_.text;
        if (!body && !said.text.empty()) body = std::move(said.text);
        tnef_.rtf = std::move(decompressed.rtf);
    }

    void files() {
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (auto file = tnef_file(drafts_[i], code_page()))
                tnef_.files.push_back(std::move(*file));
            else
                problem(fmt::format("attachment {}", i + 1), "holds no data and is left out");
        }
        if (tnef_.html) mark_shown(tnef_.files, *tnef_.html);
    }

    std::string_view bytes_;
    Budget& budget_;
    Tnef tnef_;
    std::string_view subject_, body_;
    std::uint32_t oem_codepage_ = 0;
    MapiValues properties_;
    std::vector<TnefDraft> drafts_;
};

}  // namespace

Tnef read_tnef(std::string_view bytes) {
    struct Task {
        Tnef* into;
        std::string_view bytes;
        std::size_t depth;
    };
    Budget budget;
    Tnef whole;
    std::vector<Task> open{{&whole, bytes, 0}};
    while (!open.empty()) {
        const auto task = open.back();
        open.pop_back();
        *task.into = Reader(task.bytes, budget).run();
        for (auto& file : task.into->files) {
            if (file.content_type != tnef_type) continue;
            if (task.depth == limits::tnef_depth) {
                task.into->problems.emplace_back("message: those attached deeper are not opened");
                break;
            }
            file.message.emplace_back();
            open.push_back({&file.message.front(), file.bytes, task.depth + 1});
        }
    }
    return whole;
}

bool is_tnef(std::string_view content_type, std::string_view filename) {
    return equal(content_type, tnef_type) || equal(content_type, "application/vnd.ms-tnef") ||
           equal(filename, "winmail.dat");
}

}  // namespace mime
