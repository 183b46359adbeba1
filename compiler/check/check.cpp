// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/check.h"

#include "compiler/check/engine.h"

namespace fcc::check {

Checker::Checker(CheckOptions options, base::FileSystem* fs)
    : engine_(std::make_unique<Engine>(std::move(options), fs)) {}

Checker::Checker(Checker&&) = default;
Checker& Checker::operator=(Checker&&) = default;
Checker::~Checker() = default;

void Checker::Check(const link::Program& program, source::SourceSet& sources,
                    diagnostics::Sink& sink) {
  engine_->Run(program, sources, nullptr, sink);
}

void Checker::CheckAgain(const link::Program& program,
                         source::SourceSet& sources, const Changes& changes,
                         diagnostics::Sink& sink) {
  engine_->Run(program, sources, &changes, sink);
}

size_t Checker::looked_at() const {
  return engine_->looked_at();
}

void RunRules(const link::Program& program, source::SourceSet& sources,
              const CheckOptions& options, diagnostics::Sink& sink) {
  Checker(options, nullptr).Check(program, sources, sink);
}

}  // namespace fcc::check
