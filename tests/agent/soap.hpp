// Whole SOAP replies for tests of those parts of the agent that ask a server themselves, and what
// they have asked it.
#pragma once

#include <string>
#include <vector>

#include "ews/client.hpp"
#include "tests/fakes/transport.hpp"

namespace agent_test {

inline std::string soap_reply(
    const std::string& operation,
    const std::string& verdict,
    const std::string& code,
    const std::string& payload
) {
    return R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:)" +
           operation + "Response><m:ResponseMessages><m:" + operation +
           "ResponseMessage ResponseClass=\"" + verdict + "\"><m:ResponseCode>" + code +
           "</m:ResponseCode>" + payload + "</m:" + operation +
           "ResponseMessage></m:ResponseMessages></m:" + operation +
           "Response></s:Body></s:Envelope>";
}

/// A client of a server that answers these in this order.
struct SoapTalk {
    fakes::Transport transport;
    ews::Client client{transport, options()};

    void succeed(const std::string& operation, const std::string& payload) {
        transport.answer(200, soap_reply(operation, "Success", "NoError", payload));
    }
    void fail(const std::string& operation, const std::string& code) {
        transport.answer(200, soap_reply(operation, "Error", code, ""));
    }
    /// What stands between these in the requests, a line each.
    std::string asked(const std::string& begin, const std::string& end) const {
        std::string lines;
        for (const http::Request& request : transport.asked) {
            const auto at = request.body.find(begin);
            if (at == std::string::npos) continue;
            const auto from = at + begin.size();
            lines += request.body.substr(from, request.body.find(end, from) - from) + "\n";
        }
        return lines;
    }

private:
    static ews::ClientOptions options() {
        ews::ClientOptions options;
        options.url = "https://mail.us.example/EWS/Exchange.asmx";
        options.impersonate = "anna@us.example";
        return options;
    }
};

}  // namespace agent_test
