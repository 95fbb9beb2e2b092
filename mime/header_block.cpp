// Longer than most files here: half of it is the words of mail programs.
#include "mime/header_block.hpp"

#include <algorithm>

#include "mime/ascii.hpp"

namespace mime {
namespace {

constexpr std::array<std::string_view, 17> original{
    "original message",
    "reply message",
    "ursprüngliche nachricht",
    "original-nachricht",
    "originalnachricht",
    "antwort nachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "oorspronkelijk bericht",
    "origineel bericht",
    "messaggio originale",
    "mensagem original",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "ursprungligt meddelande",
    "oryginalna wiadomość"};
constexpr std::array<std::string_view, 13> forwarded{
    "forwarded message",
    "weitergeleitete nachricht",
    "message transféré",
    "message transmis",
    "mensaje reenviado",
    "doorgestuurd bericht",
    "messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "videresendt meddelelse",
    "videresendt melding",
    "vidarebefordrat meddelande",
    "przekazana wiadomość"};
/// Of Apple Mail, with a colon and no dashes.
constexpr std::array<std::string_view, 10> begin_forwarded{
    "begin forwarded message",
    "anfang der weitergeleiteten nachricht",
    "début du message réexpédié",
    "début du message transféré",
    "inicio del mensaje reenviado",
    "begin doorgestuurd bericht",
    "inizio messaggio inoltrato",
    "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "vidarebefordrat mejl"};

/// `sent` are labels of a date that nothing but a mail has.
enum class Field { none, from, sent, date, to, subject, other };

struct Label {
    std::string_view text;
    Field field;
};

constexpr std::array<Label, 61> labels{{
    {"from", Field::from},
    {"von", Field::from},
    {"de", Field::from},
    {"van", Field::from},
    {"da", Field::from},
    {"fra", Field::from},
    {"från", Field::from},
    {"od", Field::from},
    {"sent", Field::sent},
    {"date", Field::date},
    {"gesendet", Field::sent},
    {"datum", Field::date},
    {"envoyé", Field::sent},
    {"envoyé le", Field::sent},
    {"enviado", Field::sent},
    {"enviado el", Field::sent},
    {"fecha", Field::date},
    {"verzonden", Field::sent},
    {"inviato", Field::sent},
    {"data", Field::date},
    {"enviada em", Field::sent},
    {"sendt", Field::sent},
    {"dato", Field::date},
    {"skickat", Field::sent},
    {"wysłano", Field::sent},
    {"to", Field::to},
    {"an", Field::to},
    {"à", Field::to},
    {"a", Field::to},
    {"pour", Field::to},
    {"para", Field::to},
    {"aan", Field::to},
    {"til", Field::to},
    {"till", Field::to},
    {"do", Field::to},
    {"subject", Field::subject},
    {"betreff", Field::subject},
    {"objet", Field::subject},
    {"sujet", Field::subject},
    {"asunto", Field::subject},
    {"onderwerp", Field::subject},
    {"oggetto", Field::subject},
    {"assunto", Field::subject},
    {"emne", Field::subject},
    {"ämne", Field::subject},
    {"temat", Field::subject},
    {"cc", Field::other},
    {"bcc", Field::other},
    {"kopie", Field::other},
    {"kopie (cc)", Field::other},
    {"copie à", Field::other},
    {"copia", Field::other},
    {"reply-to", Field::other},
    {"antwort an", Field::other},
    {"répondre à", Field::other},
    {"responder a", Field::other},
    {"antwoord aan", Field::other},
    {"attachments", Field::other},
    {"importance", Field::other},
    {"priorität", Field::other},
    {"wichtigkeit", Field::other},
}};

struct ReadField {
    Field field = Field::none;
    bool digit = false, address = false;
};

ReadField read_field(std::string_view line) {
    if (line.substr(0, 60).find(':') == line.npos) return {};
    const auto text = folded(line, 300);
    const auto colon = text.find(':');
    if (colon == text.npos || colon > 20) return {};
    const auto name = trim_right(std::string_view(text).substr(0, colon));
    const auto label = std::ranges::find(labels, name, &Label::text);
    if (label == labels.end()) return {};
    const auto value = std::string_view(text).substr(colon);
    return {label->field, std::ranges::any_of(value, is_digit), value.find('@') != value.npos};
}

/// "Message-ID: …", "Received: …": of a mail as it goes over the wire, which reports show.
bool is_raw_field(std::string_view line) {
    const auto text = trim(line);
    const auto colon = text.substr(0, 40).find(':');
    if (colon == text.npos || read_field(line).field != Field::none) return false;
    const auto name = text.substr(0, colon);
    const bool word = std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-'; });
    return word && (name.find('-') != name.npos || equal(name, "Received"));
}

/// Whether the lines above `at`, without a blank one between, or the one at `end` are such fields.
bool is_raw(Lines lines, std::size_t at, std::size_t end) {
    if (end < lines.size() && is_raw_field(lines[end])) return true;
    for (std::size_t above = 1; above <= std::min<std::size_t>(at, 4); ++above) {
        if (is_blank_line(lines[at - above])) return false;
        if (is_raw_field(lines[at - above])) return true;
    }
    return false;
}

struct Seen {
    bool from = false, sent = false, date = false, to = false, subject = false, address = false;

    void add(const ReadField& read) {
        from |= read.field == Field::from;
        sent |= read.field == Field::sent && read.digit;
        date |= read.field == Field::date && read.digit;
        to |= read.field == Field::to;
        subject |= read.field == Field::subject;
        address |= read.address && read.field != Field::subject;
    }
    /// "From: Hamburg / To: Munich / Date: 3 December" is freight, a form on a web page fills in
    /// who asks, when and about what, a receipt To, Subject and Sent. To lose what customers wrote
    /// is worse than to keep a quotation.
    bool is_mail() const {
        if (!from || !to) return false;
        return sent ? subject || address : address && (date || subject);
    }
    /// Below a line that names it, what programs leave out is not missed.
    bool is_named_mail() const {
        return (from || to) && ((sent || date) ? subject || address : from && subject && address);
    }
};

constexpr std::size_t longest = 20;  // lines of a block; nobody writes more

/// The fields that begin in line `at`. A long field may go on in up to three lines; where HTML made
/// a paragraph of each field, a blank line stands between them. `named`: by the line above.
std::size_t field_lines(Lines lines, std::size_t at, bool named) {
    Seen seen;
    auto end = at;
    for (auto i = at; i < std::min(lines.size(), at + longest) && i - end <= 3; ++i) {
        const auto read = read_field(lines[i]);
        if (read.field != Field::none) {
            seen.add(read);
            end = i + 1;
        } else if (end == at || is_quoted_line(lines[i])) {
            break;
        } else if (is_blank_line(lines[i])) {
            const bool goes_on =
                i == end && i + 1 < lines.size() && read_field(lines[i + 1]).field != Field::none;
            if (!goes_on) break;
        }
    }
    const bool is_mail = named ? seen.is_named_mail() : seen.is_mail();
    return is_mail && !is_raw(lines, at, end) ? end - at : 0;
}

/// The words between dashes, "" where there are no dashes.
std::string drawn_words(std::string_view line) {
    if (line.size() > 200 || line.find("--") == line.npos) return {};
    const auto text = folded(line);
    const auto begin = text.find_first_not_of('-');
    const auto end = text.find_last_not_of('-');
    if (begin == text.npos || begin < 2 || text.size() - end < 3) return {};
    return std::string(trim(std::string_view(text).substr(begin, end + 1 - begin)));
}

bool is_original_line(std::string_view line) {
    return std::ranges::find(original, drawn_words(line)) != original.end();
}

}  // namespace

bool is_forward_line(std::string_view line) {
    if (std::ranges::find(forwarded, drawn_words(line)) != forwarded.end()) return true;
    if (line.size() > 100 || !trim_right(line).ends_with(':')) return false;
    auto text = folded(line);
    text.pop_back();
    return std::ranges::find(begin_forwarded, trim_right(text)) != begin_forwarded.end();
}

HeaderBlock find_header_block(Lines lines, std::size_t at) {
    const bool forward = is_forward_line(lines[at]);
    if (!forward && !is_original_line(lines[at])) return {field_lines(lines, at, false), false};
    auto next = at + 1;
    while (next < lines.size() && is_blank_line(lines[next]) && next < at + 3) ++next;
    const auto fields = next < lines.size() ? field_lines(lines, next, true) : 0;
    return {fields > 0 ? next + fields - at : 1, forward};
}

}  // namespace mime
