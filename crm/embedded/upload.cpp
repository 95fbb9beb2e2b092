#include "crm/embedded/upload.hpp"

#include "crm/limits.hpp"

namespace crm::embedded {
void Upload::step(Database& database) {
    if (is_complete_) return;
    if (!chunk_) {
        chunk_ = reader_->next();
        hash_.add(*chunk_);
        if (chunk_->empty()) hex_ = hash_.text();
    }
    if (chunk_->empty()) return;
    new_place_ = place_;
    if (!place_) {
        auto made = database.query(
            "INSERT INTO blobs (sha256, bytes) VALUES ('upload:' || hex(randomblob(16)), x'') "
            "RETURNING id, sha256"
        );
        if (!made.next()) return;
        new_place_ = Place{made.integer(0), made.text(1)};
    }
    // Where the row has gone, settle() tells.
    database.run(
        "INSERT INTO chunks (blob, ordinal, bytes) "
        "SELECT id, ?, ? FROM blobs WHERE id = ? AND sha256 = ?",
        ordinal_,
        Blob{*chunk_},
        new_place_->row,
        new_place_->name
    );
}

void Upload::taken() {
    if (is_complete_ || !chunk_) return;
    is_complete_ = chunk_->empty();
    place_ = new_place_;
    ++ordinal_;
    chunk_.reset();
}

std::optional<RowId> Upload::settle(Database& database) const {
    if (!place_) return std::nullopt;
    {
        auto known = database.query("SELECT id FROM blobs WHERE sha256 = ?", hex_);
        if (known.next()) {
            const RowId there = known.integer(0);
            discard(database);
            return there;
        }
    }
    auto renamed = database.query(
        "UPDATE blobs SET sha256 = ? WHERE id = ? AND sha256 = ? RETURNING id",
        hex_,
        place_->row,
        place_->name
    );
    if (!renamed.next()) return std::nullopt;
    return place_->row;
}

void Upload::discard(Database& database) const {
    if (!place_) return;
    const auto& [row, name] = *place_;
    database.run(
        "DELETE FROM chunks WHERE blob IN (SELECT id FROM blobs WHERE id = ? AND sha256 = ?)",
        row,
        name
    );
    database.run("DELETE FROM blobs WHERE id = ? AND sha256 = ?", row, name);
}

Uploads::Uploads(const NewMail& mail) {
    const auto add = [this](const Content& content) {
        if (content.size() > limits::chunked) uploads_.try_emplace(&content, content);
    };
    if (mail.original) add(*mail.original);
    for (const auto& attachment : mail.attachments) add(attachment.content);
}

Upload* Uploads::next() {
    for (auto& [content, upload] : uploads_) {
        if (!upload.is_complete()) return &upload;
    }
    return nullptr;
}

const Upload* Uploads::find(const Content& content) const {
    const auto found = uploads_.find(&content);
    return found == uploads_.end() ? nullptr : &found->second;
}

void Uploads::discard(Database& database) const {
    for (const auto& [content, upload] : uploads_) upload.discard(database);
}

void forget_uploads(Database& database) {
    database.run(
        "DELETE FROM chunks WHERE blob IN "
        "(SELECT id FROM blobs WHERE sha256 >= 'upload:' AND sha256 < 'upload;')"
    );
    database.run("DELETE FROM blobs WHERE sha256 >= 'upload:' AND sha256 < 'upload;'");
}

std::optional<std::string> blob_bytes(Database& database, RowId blob) {
    auto row = database.query(
        "SELECT bytes, (SELECT sum(length(bytes)) FROM chunks WHERE blob = b.id) FROM blobs b "
        "WHERE id = ?",
        blob
    );
    if (!row.next()) return std::nullopt;
    std::string bytes = row.text(0);
    bytes.reserve(bytes.size() + static_cast<std::size_t>(row.integer(1)));
    auto chunk = database.query("SELECT bytes FROM chunks WHERE blob = ? ORDER BY ordinal", blob);
    while (chunk.next()) bytes += chunk.text(0);
    return bytes;
}

}  // namespace crm::embedded
