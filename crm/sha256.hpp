// SHA-256 as text, at once or in slices: the name under which the embedded CRM keeps bytes, and the agent's marks of
// mails.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace crm {

class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    /// In lower-case hexadecimal digits; call it once, at the end.
    std::string text();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string sha256(std::string_view bytes);

}  // namespace crm
