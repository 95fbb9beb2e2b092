#include "mime/mobile_signature.hpp"

#include <algorithm>

#include "mime/reply_line.hpp"

namespace mime {
namespace {

/// How such a line begins and ends.
struct Mobile {
    std::string_view begin, end;
};

constexpr std::array<Mobile, 36> mobile{{
    {"sent from my ", ""},
    {"sent from outlook", ""},
    {"sent from mail for windows", ""},
    {"sent from yahoo mail", ""},
    {"sent from windows mail", ""},
    {"sent from mailbox", ""},
    {"sent with airmail", ""},
    {"sent from proton", ""},
    {"sent with proton", ""},
    {"sent with sparrow", ""},
    {"get outlook for ", ""},
    {"get bluemail for ", ""},
    {"von meinem ", " gesendet"},
    {"gesendet von meinem ", ""},
    {"gesendet von outlook", ""},
    {"gesendet von mail für windows", ""},
    {"gesendet mit der ", " app"},
    {"diese nachricht wurde von meinem ", " gesendet"},
    {"outlook für ", " beziehen"},
    {"holen sie sich outlook für ", ""},
    {"envoyé de mon ", ""},
    {"envoyé depuis mon ", ""},
    {"envoyé depuis l'application ", ""},
    {"envoyé à partir de outlook", ""},
    {"obtenir outlook pour ", ""},
    {"obtenez outlook pour ", ""},
    {"télécharger outlook pour ", ""},
    {"enviado desde mi ", ""},
    {"enviado desde outlook", ""},
    {"enviado desde correo para windows", ""},
    {"obtener outlook para ", ""},
    {"descargar outlook para ", ""},
    {"verstuurd vanaf mijn ", ""},
    {"verzonden vanaf mijn ", ""},
    {"verzonden vanuit outlook", ""},
    {"outlook voor ", " downloaden"},
}};

}  // namespace

bool is_mobile_signature(std::string_view line) {
    if (line.size() > 150) return false;
    auto text = folded(line);
    if (const auto link = text.find('<'); link != text.npos) {  // "iOS<https://aka.ms/…> beziehen"
        const auto end = text.find('>', link);
        text.erase(link, end == text.npos ? text.npos : end + 1 - link);
    }
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
    const auto words = static_cast<std::size_t>(std::ranges::count(text, ' ')) + 1;
    return words <= 11 && std::ranges::any_of(mobile, [&](const Mobile& known) {
               return text.starts_with(known.begin) && text.ends_with(known.end);
           });
}

}  // namespace mime
