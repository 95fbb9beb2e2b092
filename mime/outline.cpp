// Longer than most files here: one walk over the lines, whose states (header, body, open
// multiparts) belong together.
#include "mime/outline.hpp"

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "mime/ascii.hpp"
#include "mime/header.hpp"
#include "mime/limits.hpp"

namespace mime {
namespace {

/// Content-Type of an entity; `fallback` where there is none or it says nothing (RFC 2045 §5.2).
ParameterValue content_type(const std::vector<HeaderField>& fields, std::string_view fallback) {
    auto type = read_parameters(field_value(fields, "Content-Type"));
    const auto slash = type.value.find('/');
    const bool sound = slash != std::string::npos && slash > 0 && slash + 1 < type.value.size();
    if (type.value.empty() || type.value == "text" || type.value == "text/")
        type.value = fallback;
    else if (!sound)
        type.value = "application/octet-stream";
    return type;
}

class Scanner {
public:
    explicit Scanner(std::string_view bytes) : bytes_(bytes) {
        if (bytes.find('\0') != bytes.npos) trouble("message", "holds NUL bytes");
        // Mail of old Macs ends its lines with CR alone.
        if (bytes.find('\n') == bytes.npos && bytes.find('\r') != bytes.npos) line_end_ = '\r';
    }

    Outline run() {
        start(result_.root, "text/plain");
        // Without an open multipart the rest is one body, whatever stands in it.
        while (at_ < bytes_.size() && (header_ || !open_.empty())) {
            if (!header_) to_dashes();
            const auto end = std::min(bytes_.find(line_end_, at_), bytes_.size());
            next_ = std::min(end + 1, bytes_.size());
            line(bytes_.substr(at_, end - at_));
            at_ = next_;
        }
        finish();
        return std::move(result_);
    }

private:
    struct Open {
        Entity* entity;  // stays put: its siblings' vector grows only when it is closed
        std::string boundary;
    };

    /// To the next line that may be a boundary, or to the end.
    void to_dashes() {
        while (at_ < bytes_.size() && bytes_[at_] != '-')
            at_ = std::min(bytes_.find(line_end_, at_), bytes_.size() - 1) + 1;
    }

    void trouble(std::string where, std::string what) {
        result_.mimetic_may_see = false;
        if (result_.problems.size() < limits::problems)
            result_.problems.push_back({std::move(where), std::move(what)});
    }

    std::string place() const {
        if (open_.empty()) return "message";
        std::string path;
        for (const auto& [entity, boundary] : open_)
            path += fmt::format("{}{}", path.empty() ? "" : ".", entity->parts.size());
        return "part " + path;
    }

    void start(Entity& entity, std::string_view fallback) {
        entity_ = &entity;
        header_.emplace(left_);
        odd_ = false;
        fallback_ = fallback;
    }

    void line(std::string_view text) {
        if (text.starts_with("--") && boundary(text.substr(2))) return;
        if (header_) header_line(text);
    }

    void header_line(std::string_view text) {
        const bool separates = text.starts_with("From ") && !trim(text.substr(5)).starts_with(':');
        if (separates && header_->fields.empty()) {  // of an mbox
            result_.mimetic_may_see = false;
            return;
        }
        switch (header_->take(text)) {
            case HeaderReader::Line::field:
                return;
            case HeaderReader::Line::odd:
                if (!std::exchange(odd_, true))
                    trouble(place(), "a line in the header is no field");
                return;
            case HeaderReader::Line::end:
                end_header(next_);
        }
    }

    void end_header(std::size_t body) {
        if (header_->truncated) trouble(place(), "more header fields than are read");
        left_ = header_->left;
        entity_->fields = std::move(header_->fields);
        // A hundred thousand fields of parts are nothing that anybody asks for.
        if (entity_ != &result_.root)
            std::erase_if(entity_->fields, [](const HeaderField& field) {
                return !equal(std::string_view(field.name).substr(0, 8), "Content-");
            });
        entity_->type = content_type(entity_->fields, fallback_);
        header_.reset();
        body_ = body;
        if (entity_->is_multipart()) open_multipart();
        if (!open_.empty()) add_to_skeleton("\n");
    }

    void add_to_skeleton(std::string_view text) {
        if (!result_.mimetic_may_see) return;
        result_.skeleton += text;
        if (result_.skeleton.size() > limits::mimetic_skeleton) result_.mimetic_may_see = false;
    }

    void open_multipart() {
        auto boundary = entity_->type.find("boundary").value_or("");
        boundary = trim_right(boundary);
        if (boundary.empty()) return trouble(place(), "a multipart without a boundary");
        const auto type = field_value(entity_->fields, "Content-Type");
        if (!plainly_declared(boundary, type)) result_.mimetic_may_see = false;
        if (open_.size() >= limits::depth) return trouble(place(), "nested too deep to be opened");
        open(*entity_, std::move(boundary));
        add_to_skeleton("Content-Type: ");
        add_to_skeleton(type);
        add_to_skeleton("\n");
    }

    /// mimetic reads neither RFC 2231 nor escapes, and takes a boundary that it cannot read for
    /// "--".
    static bool plainly_declared(const std::string& boundary, std::string_view type) {
        const auto field = lower(type);
        const auto plain = lower(boundary);
        return field.find("boundary=" + plain) != field.npos ||
               field.find("boundary=\"" + plain + '"') != field.npos;
    }

    void open(Entity& entity, std::string boundary) {
        by_boundary_[boundary].push_back(open_.size());
        open_.push_back({&entity, std::move(boundary)});
    }

    /// So that only `count` multiparts remain open.
    void close_to(std::size_t count) {
        for (; open_.size() > count; open_.pop_back()) {
            const auto found = by_boundary_.find(open_.back().boundary);
            found->second.pop_back();
            if (found->second.empty()) by_boundary_.erase(found);
        }
    }

    /// The innermost open multipart that the line (behind its "--") belongs to, and whether it ends
    /// it.
    std::optional<std::pair<std::size_t, bool>> match(std::string_view text) const {
        std::optional<std::pair<std::size_t, bool>> innermost;
        const auto look = [&](std::string_view boundary, bool closes) {
            const auto found = by_boundary_.find(boundary);
            if (found == by_boundary_.end()) return;
            const auto index = found->second.back();
            if (!innermost || index > innermost->first) innermost = {index, closes};
        };
        look(text, false);
        if (text.ends_with("--")) look(text.substr(0, text.size() - 2), true);
        return innermost;
    }

    bool boundary(std::string_view text) {
        const auto found = match(trim_right(text));
        if (!found) return near_miss(text);
        const auto [index, closes] = *found;
        add_to_skeleton("--");
        add_to_skeleton(trim_right(text));
        add_to_skeleton("\n");
        close_leaf(at_);
        if (index + 1 < open_.size()) {
            trouble(place(), "an inner multipart is not closed");
            close_to(index + 1);
        }
        auto& multipart = *open_[index].entity;
        entity_ = nullptr;
        if (closes) {
            close_to(index);
        } else if (++parts_ > limits::parts) {
            if (parts_ == limits::parts + 1) trouble(place(), "more parts than are read");
        } else {
            if (parts_ > limits::mimetic_parts) result_.mimetic_may_see = false;
            const bool digest = multipart.type.value == "multipart/digest";
            start(multipart.parts.emplace_back(), digest ? "message/rfc822" : "text/plain");
        }
        return true;
    }

    /// mimetic compares boundaries as prefixes; such a line is not for it.
    bool near_miss(std::string_view text) {
        if (++dashes_ > limits::mimetic_parts) result_.mimetic_may_see = false;
        if (!result_.mimetic_may_see) return false;
        for (const auto& multipart : open_)
            if (text.starts_with(multipart.boundary)) result_.mimetic_may_see = false;
        return false;
    }

    /// Ends what is being read in front of the boundary line at `end`; its line break is the
    /// boundary's.
    void close_leaf(std::size_t end) {
        if (entity_ == nullptr) return;
        if (header_) {
            trouble(place(), "ends within its header");
            end_header(end);
            if (!open_.empty() && open_.back().entity == entity_) close_to(open_.size() - 1);
        }
        const bool is_open = !open_.empty() && open_.back().entity == entity_;
        if (is_open && end < bytes_.size()) return;  // a preamble
        if (end > body_ && end < bytes_.size() && bytes_[end - 1] == line_end_) --end;
        if (end > body_ && end < bytes_.size() && bytes_[end - 1] == '\r') --end;
        entity_->body = bytes_.substr(body_, end > body_ ? end - body_ : 0);
    }

    void finish() {
        at_ = bytes_.size();
        if (header_ && open_.empty()) end_header(bytes_.size());  // a mail of a header alone
        if (!open_.empty()) trouble(place(), "the last boundary is missing");
        close_leaf(bytes_.size());
        if (!result_.root.fields.empty()) return;
        trouble("message", "has no header fields");
        if (odd_) result_.root.body = bytes_;  // no mail at all: then all of it is text
    }

    std::string_view bytes_;
    char line_end_ = '\n';
    std::size_t at_ = 0, next_ = 0, body_ = 0, parts_ = 0;
    HeaderBudget left_{limits::header_fields, limits::header_bytes};
    Entity* entity_ = nullptr;            // being read; null in a preamble's or epilogue's stead
    std::optional<HeaderReader> header_;  // while its header is read
    bool odd_ = false;                    // this header had lines that are no fields
    std::string_view fallback_;
    std::vector<Open> open_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_boundary_;  // indices of open_
    std::size_t dashes_ = 0;  // lines that looked like boundaries and were none
    Outline result_;
};

}  // namespace

Outline outline_of(std::string_view bytes) {
    return Scanner(bytes).run();
}

}  // namespace mime
