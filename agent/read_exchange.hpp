// The element <exchange> of the configuration: a server, how to reach it, and the account there. Apart from
// agent/read_config because how to log in has more to say than the rest together.
#pragma once

#include <pugixml.hpp>

#include "agent/config_nodes.hpp"

namespace agent {

/// What is wrong goes to `nodes`.
ExchangeConfig read_exchange(const pugi::xml_node& node, ConfigNodes& nodes);

}  // namespace agent
