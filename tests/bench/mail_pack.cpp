#include "mail_pack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>

namespace bench {
namespace {

constexpr std::size_t count = 10'000;
constexpr std::size_t largest = 16U << 10;

/// Sorted by name: the pack does not depend on the order of a folder.
std::vector<std::string> originals() {
    std::vector<std::filesystem::path> paths;
    const std::filesystem::path source(MAILFERRY_SOURCE);
    for (const auto& folder : {source / "samples", source.parent_path() / "shared" / "corpus"}) {
        if (!std::filesystem::exists(folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.path().extension() == ".eml") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> mails;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        std::string mail((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        if (!mail.empty() && mail.size() <= largest) mails.push_back(std::move(mail));
    }
    return mails;
}

std::string base64_lines(std::size_t bytes, std::mt19937_64& random) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    const auto characters = (bytes + 2) / 3 * 4;
    for (std::size_t i = 0; i < characters;) {
        auto bits = random();
        for (int digit = 0; digit < 10 && i < characters; ++digit, bits >>= 6U) {
            text += letters[bits & 63U];
            if (++i % 76 == 0) text += "\r\n";
        }
    }
    return text + "\r\n";
}

/// A table as programs export it, in quoted-printable.
std::string quoted_lines(std::size_t bytes, std::mt19937_64& random) {
    std::string text;
    while (text.size() < bytes)
        text += fmt::format(
            "{};T=C3=BCrblatt;{}.{:02} =E2=82=AC;Lieferung in der {}. Woche=0D=0A=\r\n",
            random() % 100'000,
            random() % 1'000,
            random() % 100,
            random() % 53
        );
    return text;
}

std::string attachment(std::mt19937_64& random) {
    const auto bytes = 4'000 + random() % 56'000;
    const auto number = random() % 10'000;
    if (random() % 10 == 0)
        return fmt::format(
            "Content-Type: text/csv; charset=utf-8; name=\"list-{0}.csv\"\r\n"
            "Content-Disposition: attachment; filename=\"list-{0}.csv\"\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n{1}",
            number,
            quoted_lines(bytes, random)
        );
    return fmt::format(
        "Content-Type: application/pdf; name=\"offer-{0}.pdf\"\r\n"
        "Content-Disposition: attachment; filename=\"offer-{0}.pdf\"\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n{1}",
        number,
        base64_lines(bytes, random)
    );
}

Pack packed(std::vector<std::string> mails) {
    Pack pack{std::move(mails), 0};
    for (const auto& mail : pack.mails) pack.bytes += mail.size();
    return pack;
}

}  // namespace

Pack small_mails() {
    const auto mails = originals();
    std::vector<std::string> result;
    for (std::size_t i = 0; i < count; ++i)
        result.push_back(fmt::format("X-Number: {}\r\n{}", i, mails[i % mails.size()]));
    return packed(std::move(result));
}

Pack mails_with_attachments() {
    const auto texts = originals();
    std::mt19937_64 random(20261126);
    std::vector<std::string> result;
    for (std::size_t i = 0; i < count; ++i) {
        std::string mail = fmt::format(
            "Received: from mx.acme.example (mx.acme.example [192.0.2.7])\r\n"
            "\tby mail.us.example (Postfix) with ESMTPS id 4F{0};\r\n"
            "\tMon, 23 Nov 2026 09:{1:02}:{2:02} +0100 (CET)\r\n"
            "From: =?utf-8?Q?Mar=C3=ADa_L=C3=B3pez?= <maria.lopez@acme.example>\r\n"
            "To: Anna Berg <anna@us.example>, \"Becker, Tom\" <tom.becker@becker-bau.example>\r\n"
            "Subject: =?utf-8?Q?Angebot_f=C3=BCr_T=C3=BCren?= {0}\r\n"
            "Date: Mon, 23 Nov 2026 09:{1:02}:{2:02} +0100\r\n"
            "Message-ID: <pack-{0}@acme.example>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=\"=_next_{0}\"\r\n\r\n"
            "--=_next_{0}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: 8bit\r\n\r\n{3}\r\n",
            i,
            i / 60 % 60,
            i % 60,
            texts[i % texts.size()]
        );
        for (auto left = 1 + random() % 3; left > 0; --left)
            mail += fmt::format("--=_next_{}\r\n{}", i, attachment(random));
        result.push_back(mail + fmt::format("--=_next_{}--\r\n", i));
    }
    return packed(std::move(result));
}

}  // namespace bench
