// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/host.h"

#include <random>

namespace fcc::script {

base::Clock& Host::clock() {
  static base::SystemClock system;
  return system;
}

double Host::Random() {
  static thread_local std::mt19937_64 generator{std::random_device{}()};
  return static_cast<double>(generator() >> 11) * 0x1.0p-53;
}

void Host::StartTimer(uint32_t, double, bool) {}
void Host::StopTimer(uint32_t) {}
void Host::Console(ConsoleLevel, std::string_view, std::span<const Handle>) {}
void Host::UnhandledRejection(const Exception&) {}
void Host::UncaughtException(const Exception&) {}

base::Result<std::string> Host::LowerSource(std::string_view source,
                                            SourceKind) {
  return std::string(source);
}

bool Host::MapPosition(CodePosition&) {
  return false;
}

}  // namespace fcc::script
