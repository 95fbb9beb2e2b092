// Any bytes as an answer of Autodiscover, in both dialects, and of the DNS: the readers must
// survive them, what comes out is one line of clean text, and names of hosts are names of hosts.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ews/autodiscover_limits.hpp"
#include "ews/autodiscover_pox.hpp"
#include "ews/autodiscover_soap.hpp"
#include "ews/sanitise.hpp"
#include "ews/srv_record.hpp"

namespace {

void check(bool is_right) {
    if (!is_right) std::abort();
}

void check_setting(const std::string& text) {
    check(ews::clean_text(text) == text && text.size() <= ews::limits::autodiscover_value);
}

void check_answer(const ews::Result<ews::AutodiscoverAnswer>& answer) {
    if (!answer) {
        check(answer.error().text.find('\n') == std::string::npos);
        return check_setting(answer.error().text);
    }
    if (const auto* settings = std::get_if<ews::AutodiscoverSettings>(&*answer)) {
        check(!settings->external_url.empty() || !settings->internal_url.empty());
        check_setting(settings->external_url);
        check_setting(settings->internal_url);
        check_setting(settings->grouping);
        check_setting(settings->server_version);
    }
    if (const auto* redirect = std::get_if<ews::UrlRedirect>(&*answer))
        check_setting(redirect->url);
    if (const auto* redirect = std::get_if<ews::AddressRedirect>(&*answer))
        check_setting(redirect->address);
}

void check_records(const std::uint8_t* data, std::size_t size) {
    const auto records = ews::read_srv_answer({data, size});
    if (!records) return;
    check(records->size() <= ews::limits::dns_records);
    for (const auto& record : *records) {
        check(!record.target.empty() && record.target.size() <= ews::limits::domain_name);
        check(record.target.find_first_of("/@:?# \n") == std::string::npos && record.port != 0);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    check_answer(ews::read_soap_autodiscover(bytes));
    check_answer(ews::read_pox_autodiscover(bytes));
    check_records(data, size);
    return 0;
}
