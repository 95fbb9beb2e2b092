// Requests to the simulator without a network, for its own tests: text in, text out.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "ews/simulator/delivery.hpp"
#include "ews/simulator/fault_script.hpp"
#include "ews/simulator/soap.hpp"

namespace ews::simulator::testing {

inline const std::string agent = "agent@example.test";

inline std::string mail(std::string_view subject, std::string_view id = "<a@example.test>") {
    return fmt::format(
        "From: Ann <ann@example.test>\r\nTo: agent@example.test\r\nSubject: {}\r\n"
        "Message-ID: {}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nHello\r\n",
        subject,
        id
    );
}

inline std::string envelope(std::string_view body, std::string_view header = "") {
    return fmt::format(
        R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/")"
        R"( xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages")"
        R"( xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header>)"
        R"(<t:RequestServerVersion Version="Exchange2013_SP1"/>{}</s:Header><s:Body>{}</s:Body>)"
        R"(</s:Envelope>)",
        header,
        body
    );
}

inline std::string impersonate(std::string_view address) {
    return fmt::format(
        "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>{}</t:PrimarySmtpAddress>"
        "</t:ConnectingSID></t:ExchangeImpersonation>",
        address
    );
}

/// A server with the mailboxes agent@ and other@example.test and the service account "service".
struct Office {
    Organization organization;

    Office() {
        organization.add_mailbox(agent, "secret");
        organization.add_mailbox("other@example.test", "secret");
        organization.add_service_account("service", "secret");
    }

    Mailbox& mailbox() { return *organization.mailbox(agent); }
    const Folder& inbox() { return mailbox().distinguished("inbox"); }

    std::string deliver(std::string mime) {
        return simulator::deliver(mailbox(), inbox(), std::move(mime)).id;
    }

    const Account& account(std::string_view name) {
        const auto credentials = encode_base64(fmt::format("{}:secret", name));
        return *organization.authenticate("Basic " + credentials);
    }

    /// The faults of a script.
    void play(std::string_view script) {
        for (auto& planned : read_fault_script(script).faults)
            organization.faults.add(std::move(planned));
    }

    Reply reply(std::string_view body, std::string_view header = "", std::string_view who = agent) {
        return answer(organization, account(who), envelope(body, header));
    }

    std::string ask(
        std::string_view body, std::string_view header = "", std::string_view who = agent
    ) {
        return reply(body, header, who).body;
    }
};

/// The text between the first `begin` behind `after` and the next `end`; "" if they do not occur.
inline std::string between(
    std::string_view text, std::string_view begin, std::string_view end, std::string_view after = ""
) {
    const auto start = text.find(after);
    const auto first = start == std::string_view::npos ? start : text.find(begin, start);
    if (first == std::string_view::npos) return {};
    text.remove_prefix(first + begin.size());
    return std::string(text.substr(0, text.find(end)));
}

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The text of every m:ResponseCode, separated by blanks.
inline std::string codes(std::string_view reply) {
    std::string result;
    constexpr std::string_view mark = "<m:ResponseCode>";
    for (auto at = reply.find(mark); at != std::string_view::npos; at = reply.find(mark, at + 1)) {
        if (!result.empty()) result += ' ';
        const auto text = reply.substr(at + mark.size());
        result += text.substr(0, text.find('<'));
    }
    return result;
}

}  // namespace ews::simulator::testing
