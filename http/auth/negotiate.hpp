// Kerberos and NTLM by GSSAPI: the schemes Negotiate (RFC 4559) and NTLM (MS-NTHT). Separate as
// every scheme is. Both log in a connection rather than a request, which is why http/client keeps a
// Login with each.
#pragma once

#include <memory>

#include "http/auth/gss_account.hpp"
#include "http/auth/login.hpp"

namespace http {

/// errc::bad_url for what cannot be used: a keytab or NTLM name without what belongs to it, a line
/// break.
///
/// Nothing is asked of a KDC before a server has asked for a login. A 401 on a connection that is
/// logged in begins one new login on it; a second refusal is the answer, because every one more
/// brings the account nearer to a lock-out. Must be destroyed while the executors of its logins
/// exist; waits then for a GSSAPI call under way.
Result<std::shared_ptr<Authenticator>> negotiate_authenticator(NegotiateAccount account);

}  // namespace http
