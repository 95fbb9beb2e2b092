#include "agent/missing_right.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <ranges>
#include <string_view>
#include <utility>

namespace agent {

namespace {

using rules::OnForbidden;
using rules::RecordKind;

std::string said(const MissingRight& right) {
    const std::string_view kind = rules::to_text(right.kind);
    const bool vowel = kind.starts_with('a') || kind.starts_with('e') || kind.starts_with('o');
    return fmt::format(
        "the CRM account lacks the right to {} {} {} ({})",
        right.kind == RecordKind::email ? "archive" : "create",
        vowel ? "an" : "a",
        kind,
        right.text
    );
}

std::string counted(std::size_t records) {
    if (records == 0) return "nothing had to be taken back";
    if (records == 1) return "what it had created was taken back (1 record)";
    return fmt::format("what it had created was taken back ({} records)", records);
}

/// Whatever the CRM says to that, the mail is tried again: it must not be left half done.
Error not_taken_back(const MissingRight& right, const std::string& key, const crm::Error& error) {
    Error failed = from(error);
    if (failed.code != errc::unreachable) failed.code = errc::transient;
    failed.text =
        fmt::format("{}, and {} could not be taken back yet: {}", said(right), key, error.text);
    return failed;
}

/// By its ladder or, if an admin has no patience, at once.
Error wait_for(const MissingRight& right) {
    return {
        errc::transient,
        said(right) +
            "; give it that right, and the mail goes on with its next try or with `mailferry "
            "queue retry`",
        {}};
}

Error taken_back(const MissingRight& right, OnForbidden reaction, std::size_t records) {
    std::string text = said(right);
    if (reaction == OnForbidden::ignore) {
        text += "; without it the mail would be linked to nobody, so it was not archived";
    }
    text += "; " + counted(records) + "; give it that right, then `mailferry queue retry`";
    return {errc::permanent, std::move(text), {}};
}

}  // namespace

OnForbidden reaction_to(const MissingRight& right, const rules::PermissionErrors& errors) {
    switch (right.kind) {
        case RecordKind::account:
            return errors.create_account;
        case RecordKind::contact:
        case RecordKind::lead:
            return errors.create_person;
        case RecordKind::email:
            return errors.archive == OnForbidden::ignore ? OnForbidden::retry : errors.archive;
        case RecordKind::user:
        case RecordKind::opportunity:
        case RecordKind::case_:
        case RecordKind::project:
        case RecordKind::quote:
            return errors.create_record;
    }
    return errors.create_record;
}

boost::asio::awaitable<Error> stop(
    const MissingRight& right,
    const rules::PermissionErrors& errors,
    const std::vector<rules::Create>& creations,
    crm::Archive& archive
) {
    const OnForbidden reaction = reaction_to(right, errors);
    if (reaction == OnForbidden::retry) co_return wait_for(right);
    std::size_t removed = 0;
    for (const rules::Create& create : creations | std::views::reverse) {
        std::string key = create.key;
        crm::Result<crm::Undone> undone = co_await archive.undo(std::move(key));
        if (!undone) co_return not_taken_back(right, create.key, undone.error());
        if (*undone == crm::Undone::removed) ++removed;
    }
    co_return taken_back(right, reaction, removed);
}

}  // namespace agent
