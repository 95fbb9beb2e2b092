// The bodies of Asio, its TLS part and Beast, compiled once (BOOST_*_SEPARATE_COMPILATION in the
// root file).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
