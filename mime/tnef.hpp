// winmail.dat: what Outlook and Exchange put into a mail instead of MIME parts (MS-OXTNEF). Bodies
// decoded, files as views. Used by contents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

struct Tnef;

/// `bytes` is a view into the bytes that were read, which must outlive it.
struct TnefFile {
    std::optional<std::string> filename;
    std::string content_type;               ///< "application/pdf", lower case
    std::optional<std::string> content_id;  ///< without angle brackets
    bool is_inline = false;                 ///< hidden, drawn in the body, or shown by its HTML
    std::string_view bytes;                 ///< of a message that is attached: a TNEF stream again
    std::vector<Tnef> message;              ///< what that message says: one element, else none
};

/// All strings but `rtf` are valid UTF-8 with line feeds as line breaks.
struct Tnef {
    std::optional<std::string> subject;
    std::optional<std::string> text, html;  ///< from the RTF where it says nothing by itself
    std::optional<std::string> rtf;         ///< decompressed; bytes, by its specification ASCII
    std::vector<TnefFile> files;
    std::vector<std::string> problems;  ///< "attachment 2: …": what did not stop the reading
};

Tnef read_tnef(std::string_view bytes);

/// By the type and name that an attachment declares: application/ms-tnef, winmail.dat.
bool is_tnef(std::string_view content_type, std::string_view filename);

}  // namespace mime
