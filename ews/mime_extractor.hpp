// Takes the MIME of an item out of the XML of an answer while that comes: what is left is small,
// and what was taken never lies in memory as a whole. Pure; between http and the envelope, used by
// ews/client.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "ews/base64.hpp"

namespace ews {

/// For one answer. The first element of the local name MimeContent is taken: decoded, and cleaned
/// as clean_reply would.
class MimeExtractor {
public:
    /// Takes consecutive bytes of the mail; false where no more of it is wanted.
    using Take = std::function<bool(std::string_view)>;

    explicit MimeExtractor(Take take) : take_(std::move(take)) {}

    /// The next bytes of the answer, cut anywhere. False where Take said so.
    bool feed(std::string_view xml);
    /// After the last byte: the answer with that element empty. What was cut short is as short as
    /// it came.
    std::string take_rest();
    /// The element is complete, not empty, and was base64. Otherwise what Take has got is worth
    /// nothing.
    bool has_mime() const { return is_done_ && is_sound_ && bytes_ > 0; }

private:
    enum class Where { text, markup, cdata };

    std::size_t take_text(std::string_view xml);
    std::size_t take_markup(std::string_view xml);
    std::size_t take_cdata(std::string_view xml);
    bool is_markup_over(char c);
    void end_markup();
    void content(std::string_view text);
    void take_reference(std::string_view& text);
    void resolve_reference();
    void decode(std::string_view text);
    void hand_over();

    Take take_;
    Base64Decoder decoder_;
    std::string rest_;
    std::string markup_;     ///< the tag, comment or instruction under way, from its '<'
    std::string reference_;  ///< within MIME: "&…" until its ';'
    std::string decoded_;
    std::size_t bytes_ = 0;     ///< of the mail, until now
    std::size_t brackets_ = 0;  ///< ']' in a row that may end the CDATA
    Where where_ = Where::text;
    char quote_ = 0;          ///< of the attribute under way
    bool is_inside_ = false;  ///< the element
    bool is_done_ = false;
    bool is_sound_ = true;
    bool is_wanted_ = true;
};

}  // namespace ews
