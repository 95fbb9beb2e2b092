// How fast mails are read, whole: header, addresses, dates, texts to UTF-8, every attachment to
// bytes. Mailferry beside GMime and vmime in one run, on the same mails, one thread; mimetic's bare
// splitting, which decodes nothing, as a mark. Prints MB/s of mail; asserts nothing.
// usage: parse_speed [--benchmark_repetitions=5 …]
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <mimetic/mimetic.h>

#include <cstdio>
#include <exception>

#include "gmime_reader.hpp"
#include "mail_pack.hpp"
#include "mime/attachment.hpp"
#include "mime/parse.hpp"
#include "vmime_reader.hpp"

namespace {

bench::Yield read_with_mailferry(std::string_view mail) {
    const auto message = mime::parse(mail);
    bench::Yield yield;
    for (const auto* list :
         {&message.from,
          &message.sender,
          &message.reply_to,
          &message.to,
          &message.cc,
          &message.bcc})
        yield.addresses += list->size();
    yield.text = message.text.value_or("").size() + message.html.value_or("").size();
    yield.attachments = message.attachments.size();
    for (const auto& file : message.attachments) yield.bytes += mime::decode(file).size();
    return yield;
}

bench::Yield split_with_mimetic(std::string_view mail) {
    try {
        const mimetic::MimeEntity entity(mail.begin(), mail.end());
        return {0, entity.body().size(), 0, 0};
    } catch (const std::exception&) {  // it throws on some mails of the corpus
        return {};
    }
}

using Read = bench::Yield (*)(std::string_view);

void run(benchmark::State& state, Read read, const bench::Pack& pack) {
    bench::Yield yield;
    for (auto _ : state) {
        yield = {};
        for (const auto& mail : pack.mails) yield += read(mail);
        benchmark::DoNotOptimize(yield);
    }
    state.SetBytesProcessed(
        static_cast<std::int64_t>(pack.bytes) * static_cast<std::int64_t>(state.iterations())
    );
    state.counters["mails"] = static_cast<double>(pack.mails.size());
    state.counters["addresses"] = static_cast<double>(yield.addresses);
    state.counters["attachments"] = static_cast<double>(yield.attachments);
    state.counters["decoded_MB"] = static_cast<double>(yield.bytes) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
    bench::start_gmime();
    bench::start_vmime();
    const auto small = bench::small_mails();
    const auto heavy = bench::mails_with_attachments();
    fmt::print("small mails: {} of {} bytes together\n", small.mails.size(), small.bytes);
    fmt::print(
        "mails with attachments: {} of {} bytes together\n", heavy.mails.size(), heavy.bytes
    );
    std::fflush(stdout);
    const auto add = [](const char* name, Read read, const bench::Pack& pack) {
        benchmark::RegisterBenchmark(name, [read, &pack](benchmark::State& state) {
            run(state, read, pack);
        })->Unit(benchmark::kMillisecond);
    };
    add("small/mailferry", &read_with_mailferry, small);
    add("small/gmime", &bench::read_with_gmime, small);
    add("small/vmime", &bench::read_with_vmime, small);
    add("small/mimetic_splits", &split_with_mimetic, small);
    add("attachments/mailferry", &read_with_mailferry, heavy);
    add("attachments/gmime", &bench::read_with_gmime, heavy);
    add("attachments/vmime", &bench::read_with_vmime, heavy);
    add("attachments/mimetic_splits", &split_with_mimetic, heavy);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
