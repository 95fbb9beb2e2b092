// The certificate by which we say who we are, read and checked before any connection. Separate from
// tls, which is about whom we believe.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <optional>
#include <string>

#include "http/error.hpp"
#include "http/options.hpp"

namespace http {

/// Does nothing where none is named. errc::untrusted, with the remedy, for files that are missing,
/// no PEM, encrypted or readable by others, and for a key of another certificate.
std::optional<Error> use_client_certificate(
    boost::asio::ssl::context& context, const ClientCertificate& certificate
);

}  // namespace http
