#include "http/gunzip.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>

#include "http/failure.hpp"

namespace http {

namespace {

constexpr std::size_t step = 64U << 10U;
constexpr std::size_t piece = 1U << 30U;  // zlib counts in 32 bits
constexpr int gzip_alone = 16 + MAX_WBITS;

}  // namespace

void Gunzip::Freed::operator()(z_stream_s* stream) const {
    ::inflateEnd(stream);
    delete stream;
}

Gunzip::Gunzip(std::size_t limit, std::string server)
    : stream_(new z_stream_s{}), left_(limit), server_(std::move(server)), limit_(limit) {
    if (::inflateInit2(stream_.get(), gzip_alone) != Z_OK) throw std::bad_alloc();
}

Result<std::string> Gunzip::feed(std::string_view bytes) {
    std::string out;
    while (!bytes.empty()) {
        if (!in_member_) {
            ::inflateReset(stream_.get());
            in_member_ = true;
        }
        const std::size_t size = std::min(bytes.size(), piece);
        stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_->avail_in = static_cast<uInt>(size);
        const Result<void> done = inflate_into(out);
        if (!done) return done.error();
        bytes.remove_prefix(size - stream_->avail_in);
    }
    return out;
}

/// Until the input is used up or a member ends.
Result<void> Gunzip::inflate_into(std::string& out) {
    for (;;) {
        const std::size_t before = out.size();
        const std::size_t room = left_ < step ? left_ + 1 : step;  // one more tells "too large"
        out.resize(before + room);
        stream_->next_out = reinterpret_cast<Bytef*>(out.data() + before);
        stream_->avail_out = static_cast<uInt>(room);
        const int state = ::inflate(stream_.get(), Z_SYNC_FLUSH);
        const std::size_t made = room - stream_->avail_out;
        out.resize(before + made);
        if (made > left_) return too_large(server_, limit_);
        left_ -= made;
        if (state == Z_STREAM_END) {
            in_member_ = false;
            had_member_ = true;
            return {};
        }
        if (state == Z_MEM_ERROR) throw std::bad_alloc();
        if (state != Z_OK && state != Z_BUF_ERROR) return damaged();
        if (stream_->avail_in == 0 && stream_->avail_out > 0) return {};
    }
}

Error Gunzip::damaged() const {
    const bool at_its_begin = stream_->total_out == 0;
    if (had_member_ && at_its_begin) {
        return {
            errc::protocol,
            server_ +
                ": the answer cannot be unpacked: behind the end of its gzip data stand bytes "
                "that are no gzip"};
    }
    const char* why = stream_->msg == nullptr ? "damaged" : stream_->msg;
    return {
        errc::protocol,
        fmt::format(
            "{}: the answer cannot be unpacked, its gzip data is damaged: {}", server_, why
        )};
}

Result<void> Gunzip::end() const {
    if (!in_member_) return {};
    return Error{
        errc::closed, server_ + ": the answer was cut: its gzip data ends before its end mark"};
}

Result<std::string> gunzip(std::string_view body, std::size_t limit, const std::string& server) {
    Gunzip unpacking(limit, server);
    Result<std::string> text = unpacking.feed(body);
    if (!text) return text;
    const Result<void> end = unpacking.end();
    if (!end) return end.error();
    return text;
}

}  // namespace http
