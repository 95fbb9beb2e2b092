// Bounds of Autodiscover. Apart from ews/limits.hpp because here the answers come from machines
// that are not known yet to be Exchange, some of them web servers of anybody.
#pragma once

#include <chrono>
#include <cstddef>

namespace ews::limits {

/// An answer is some 10 kB; with all its public folders and alternative mailboxes some more.
inline constexpr std::size_t autodiscover_body = 1024 * 1024;
inline constexpr std::size_t autodiscover_nodes = 20'000;
inline constexpr std::size_t autodiscover_depth = 32;
/// Of one setting; a longer one is none.
inline constexpr std::size_t autodiscover_value = 2048;
/// HTTP requests of one search, over all addresses and redirects.
inline constexpr int autodiscover_requests = 50;
/// Of one request.
inline constexpr std::chrono::seconds autodiscover_deadline{20};

/// RFC 1035: octets of a name.
inline constexpr std::size_t domain_name = 255;
/// Records of one DNS answer that are looked at, and services of them that are used.
inline constexpr std::size_t dns_records = 64;
inline constexpr std::size_t srv_records = 4;
/// A DNS answer by TCP; longer ones are cut.
inline constexpr std::size_t dns_answer = 65'535;

}  // namespace ews::limits
