// Every bound of the HTTPS client in one place. What a server sends is not trusted: nothing grows
// without one.
#pragma once

#include <chrono>
#include <cstddef>

namespace http {

/// Body of an answer, held in memory or handed over as it comes. A mail of 200 MiB, the largest that
/// is read, is 274 MiB of base64 in lines; who reads it shall be the one to say that it is too large.
inline constexpr std::size_t max_answer_body = 288U << 20U;
/// Bytes a second: for each such number that has come a download may last a second longer than the
/// deadline of its request.
inline constexpr std::size_t least_download_rate = 64U << 10U;
/// Status line and fields of an answer.
inline constexpr std::size_t max_answer_head = 64U << 10U;
/// Interim answers (1xx) before the real one.
inline constexpr int max_interim_answers = 8;
/// Bytes handed out by one read of a stream.
inline constexpr std::size_t max_stream_read = 64U << 10U;

/// Idle connections kept for one server, and for how long. Firewalls forget silent ones after a
/// minute or two.
inline constexpr std::size_t max_idle_connections = 8;
inline constexpr std::chrono::seconds max_idle_time{55};
/// A server that has closed a kept connection over our request may do so behind every answer: for so long what cannot
/// be repeated goes on new connections.
inline constexpr std::chrono::minutes closing_remembered{10};
/// A connection that carried a larger request is not used again: some servers (gromox) answer the
/// next request on it with 400 or cut it.
inline constexpr std::size_t max_reusable_request = 64U << 10U;

/// The longest wait that a server may ask for by Retry-After.
inline constexpr std::chrono::hours max_retry_after{1};
/// A certificate or key that is named in the configuration.
inline constexpr std::size_t max_pem_file = 1U << 20U;
/// Letters of a stranger's words that an error text repeats.
inline constexpr std::size_t max_words_shown = 100;
/// Names of a certificate that an error text lists.
inline constexpr std::size_t max_names_shown = 5;

}  // namespace http
