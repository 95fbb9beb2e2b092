// X.500 names of mailboxes (legacyExchangeDN), and the SMTP address that Exchange wraps one in
// where the name must stand in a mail and nobody knows who it is.
// https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxoabk
#pragma once

#include <string>
#include <string_view>

namespace ews::simulator {

/// "IMCEAEX-_o=Us_cn=Recipients_cn=ben+20o@us.example" -> "/o=Us/cn=Recipients/cn=ben o"; "" for
/// any other address.
std::string unwrap_legacy_name(std::string_view address);

}  // namespace ews::simulator
