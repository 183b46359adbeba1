// SPDX-License-Identifier: Apache-2.0
//
// The sealed container beside raw AES-256-GCM of the same bytes: a package of
// 20 MB sealed, read whole, and its first page.
// Links: base

#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include "runtime/package/sealed.h"

namespace fcc::package {
namespace {

constexpr size_t kFiles = 200;
constexpr size_t kFileBytes = 100 * 1024;

const std::map<std::string, std::string>& Files() {
  static const auto files = [] {
    std::map<std::string, std::string> made;
    for (size_t i = 0; i < kFiles; ++i) {
      made["pages/p" + std::to_string(i) + ".js"] =
          std::string(kFileBytes, static_cast<char>('a' + i % 26));
    }
    return made;
  }();
  return files;
}

const std::string& Sealed() {
  static const std::string bytes = [] {
    SealOptions options;
    options.keys = {KeyFile{}};
    return Seal(Files(), options).value();
  }();
  return bytes;
}

void RawAesGcm(benchmark::State& state) {
  std::string clear(kFiles * kFileBytes, 'a');
  std::string out(clear.size() + 16, '\0');
  unsigned char key[32] = {};
  unsigned char nonce[12] = {};
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  for (auto _ : state) {
    int done = 0;
    EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key, nonce);
    EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(out.data()),
                      &done,
                      reinterpret_cast<const unsigned char*>(clear.data()),
                      static_cast<int>(clear.size()));
    benchmark::DoNotOptimize(out.data());
  }
  EVP_CIPHER_CTX_free(context);
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(clear.size()));
}
BENCHMARK(RawAesGcm)->Unit(benchmark::kMillisecond);

void SealPackage(benchmark::State& state) {
  SealOptions options;
  options.keys = {KeyFile{}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(Seal(Files(), options).value());
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(kFiles * kFileBytes));
}
BENCHMARK(SealPackage)->Unit(benchmark::kMillisecond);

void ReadWholePackage(benchmark::State& state) {
  auto source = OpenSealed(ReadFromMemory(Sealed()), KeyFile{}).value();
  for (auto _ : state) {
    for (const std::string& name : source->names()) {
      benchmark::DoNotOptimize(source->Read(name).value());
    }
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(kFiles * kFileBytes));
}
BENCHMARK(ReadWholePackage)->Unit(benchmark::kMillisecond);

// From a file that is there to the text of one page.
void OpenFirstPage(benchmark::State& state) {
  base::RealFileSystem fs;
  const std::string path = "/tmp/fcc-sealed-bench.fcp";
  if (!fs.WriteFile(path, Sealed())) {
    state.SkipWithError("cannot write the container");
    return;
  }
  for (auto _ : state) {
    auto source = OpenSealed(ReadFromFile(fs, path).value(), KeyFile{}).value();
    benchmark::DoNotOptimize(source->Read("pages/p7.js").value());
  }
  static_cast<void>(fs.RemoveAll(path).ok());
}
BENCHMARK(OpenFirstPage)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fcc::package

BENCHMARK_MAIN();
