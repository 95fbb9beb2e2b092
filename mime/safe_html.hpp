// The HTML of a mail made safe to show within a page of the CRM: built anew from the elements,
// attributes, styles and addresses of allow-lists, so that no parser finds script, a form, a load
// from outside or an end of what is around it. The page keeps it in a box of its own (`overflow`,
// `contain`), for a mail may still be wide. Used by agent/archive_mail
// before a mail is stored.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mime {

struct SafeHtmlOptions {
    bool external_pictures = false;  ///< keep what tells the sender that the mail was read
};

struct SafeHtml {
    std::string html;                   ///< a fragment in UTF-8, at most limits::html
    std::size_t external_pictures = 0;  ///< left out; their alternative text is kept
    bool cut = false;                   ///< limits::html left something out
    bool operator==(const SafeHtml&) const = default;
};

/// What comes out goes through again unchanged. Pictures of the mail stay as cid:, which the page
/// replaces by their addresses. Links open anew and do not say where they were clicked.
SafeHtml safe_html(std::string_view html, SafeHtmlOptions options = {});

}  // namespace mime
