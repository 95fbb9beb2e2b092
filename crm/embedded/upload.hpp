// Large contents, brought into the database ahead of the mail that has them: chunk by chunk, each
// in a transaction of its own, because a long one would hold up everybody else who writes. What is
// up but belongs to no mail yet has a name of its own that no hash has. Whoever opens the database
// for writing forgets all such, also those that another process is at: it is told so and brings
// its mail up again.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"
#include "crm/embedded/records.hpp"
#include "crm/sha256.hpp"

namespace crm::embedded {

/// One content on its way; used by one thread at a time. All but taken() is called inside a
/// transaction.
class Upload {
public:
    /// `content` outlives this.
    explicit Upload(const Content& content) : reader_(content.open()) {}

    /// Brings in the next chunk. Where the transaction was undone, the next step does the same
    /// again.
    void step(Database& database);
    /// The step was committed.
    void taken();
    bool is_complete() const { return is_complete_; }

    /// When all is up: puts it under its hash, or takes what is there under that already. Nothing
    /// where somebody has removed it: it has to be brought up again.
    std::optional<RowId> settle(Database& database) const;
    void discard(Database& database) const;

private:
    /// In blobs. When a row is removed its id may be given to another one, its name never.
    struct Place {
        RowId row;
        std::string name;
    };

    std::unique_ptr<Content::Reader> reader_;
    Sha256 hash_;
    std::string hex_;                        ///< of all, when all was read
    std::optional<std::string_view> chunk_;  ///< read and not yet committed
    std::optional<Place> place_, new_place_;  ///< the second since the last commit
    std::int64_t ordinal_ = 0;               ///< of the chunk
    bool is_complete_ = false;
};

/// The large contents of one mail, which outlives this: those beyond limits::chunked.
class Uploads {
public:
    explicit Uploads(const NewMail& mail);

    bool empty() const { return uploads_.empty(); }
    void clear() { uploads_.clear(); }
    /// The first that is not complete, nullptr if all are.
    Upload* next();
    /// nullptr for what is not large.
    const Upload* find(const Content& content) const;
    void discard(Database& database) const;

private:
    std::map<const Content*, Upload> uploads_;
};

/// Takes away what a crash has left, and what is on its way: nobody can tell them apart.
void forget_uploads(Database& database);
/// The bytes of a row of blobs, in one piece or in chunks; nothing if there is none.
std::optional<std::string> blob_bytes(Database& database, RowId blob);

}  // namespace crm::embedded
