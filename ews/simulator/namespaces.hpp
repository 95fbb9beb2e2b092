// The namespaces of the protocol and the build that the simulator says it is (Exchange Server SE
// RTM).
#pragma once

#include <array>
#include <utility>

namespace ews::simulator {

namespace namespaces {
inline constexpr const char* soap = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr const char* types = "http://schemas.microsoft.com/exchange/services/2006/types";
inline constexpr const char* messages =
    "http://schemas.microsoft.com/exchange/services/2006/messages";
inline constexpr const char* errors = "http://schemas.microsoft.com/exchange/services/2006/errors";
}  // namespace namespaces

/// Attributes of ServerVersionInfo.
inline constexpr std::array<std::pair<const char*, const char*>, 5> server_version{{
    {"MajorVersion", "15"},
    {"MinorVersion", "2"},
    {"MajorBuildNumber", "2562"},
    {"MinorBuildNumber", "17"},
    {"Version", "V2017_07_11"},
}};

}  // namespace ews::simulator
