// SPDX-License-Identifier: Apache-2.0

#include "runtime/style/instantiate_css.h"

#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "runtime/base/format.h"
#include "runtime/style/print_selector.h"
#include "runtime/style/tokenizer.h"

namespace fcc::style {

namespace {

class Instantiator {
 public:
  explicit Instantiator(const InstantiateOptions& options) : options_(options) {
    how_.class_prefix = options.class_prefix;
    how_.host = options.host;
  }

  void PrintSheet(const StyleProgram& program, const SheetRecord& sheet);
  std::string Take() { return std::move(out_); }

 private:
  void PrintRules(const StyleProgram& program, uint32_t begin, uint32_t end);
  void PrintRule(const StyleProgram& program, uint32_t index);
  void PrintDeclarations(const StyleProgram& program, const RuleRecord& rule);
  void PrintImport(const StyleProgram& program, std::string_view path);

  const InstantiateOptions& options_;
  SelectorText how_;
  std::string out_;
  std::set<std::pair<const StyleProgram*, const SheetRecord*>> printed_;
  int import_depth_ = 0;
};

}  // namespace

double RpxToPx(double rpx, double device_width, double pixel_ratio,
               bool is_ios) {
  if (rpx == 0) {
    return 0;
  }
  const double px = std::floor(rpx / 750 * device_width + 1e-4);
  if (px == 0) {
    return pixel_ratio == 1 || !is_ios ? 1 : 0.5;
  }
  return px;
}

std::string ResolveRpx(std::string_view text, double device_width,
                       double pixel_ratio, bool is_ios) {
  std::string out;
  out.reserve(text.size());
  Tokenizer tokens(text);
  while (true) {
    const Token token = tokens.Next();
    if (token.kind == TokenKind::kEnd) {
      return out;
    }
    if (!IsRpx(token, text)) {
      out += token.span.In(text);
      continue;
    }
    double rpx = 0;
    const char* begin = text.data() + token.span.begin;
    begin += *begin == '+' ? 1 : 0;
    std::from_chars(begin, text.data() + token.inner, rpx);
    out +=
        base::format("{}px", RpxToPx(rpx, device_width, pixel_ratio, is_ios));
    tokens.Rewind(token.inner + 3);
  }
}

void Instantiator::PrintDeclarations(const StyleProgram& program,
                                     const RuleRecord& rule) {
  out_ += '{';
  for (uint32_t i = rule.declarations.begin; i < rule.declarations.end; ++i) {
    const DeclarationRecord& declaration = program.declarations()[i];
    if (i != rule.declarations.begin) {
      out_ += ';';
    }
    out_ += program.Text(declaration.name);
    out_ += ':';
    const std::string_view value = program.Text(declaration.value);
    if ((declaration.flags & kDeclarationRpx) != 0) {
      out_ += ResolveRpx(value, options_.device_width, options_.pixel_ratio,
                         options_.is_ios);
    } else {
      out_ += value;
    }
    if ((declaration.flags & kDeclarationImportant) != 0) {
      out_ += "!important";
    }
  }
  out_ += '}';
}

void Instantiator::PrintImport(const StyleProgram& program,
                               std::string_view path) {
  if (const SheetRecord* sheet = program.FindSheet(path)) {
    PrintSheet(program, *sheet);
  } else if (options_.find_program) {
    if (const StyleProgram* other = options_.find_program(path)) {
      if (const SheetRecord* found = other->FindSheet(path)) {
        PrintSheet(*other, *found);
      }
    }
  }
}

void Instantiator::PrintRule(const StyleProgram& program, uint32_t index) {
  const RuleRecord& rule = program.rules()[index];
  const auto print_at = [&] {
    out_ += '@';
    out_ += program.Text(rule.name);
    if (!rule.prelude.empty()) {
      out_ += ' ';
      out_ += program.Text(rule.prelude);
    }
  };
  switch (rule.kind) {
    case RuleKind::kStyle:
      for (uint32_t i = rule.selectors.begin; i < rule.selectors.end; ++i) {
        if (i != rule.selectors.begin) {
          out_ += ',';
        }
        AppendSelector(out_, program.selectors(),
                       program.selectors().selectors[i], how_);
      }
      PrintDeclarations(program, rule);
      break;
    case RuleKind::kGroup:
    case RuleKind::kKeyframes:
      print_at();
      out_ += '{';
      PrintRules(program, index + 1, rule.end);
      out_ += '}';
      break;
    case RuleKind::kKeyframe:
      out_ += program.Text(rule.prelude);
      PrintDeclarations(program, rule);
      break;
    case RuleKind::kDeclarations:
      print_at();
      PrintDeclarations(program, rule);
      break;
    case RuleKind::kImport:
      PrintImport(program, program.Text(rule.prelude));
      return;
    case RuleKind::kOther:
      print_at();
      if (!program.Text(rule.prelude).ends_with('}')) {
        out_ += ';';
      }
      break;
    case RuleKind::kCount:
      return;
  }
  out_ += '\n';
}

void Instantiator::PrintRules(const StyleProgram& program, uint32_t begin,
                              uint32_t end) {
  for (uint32_t i = begin; i < end; i = program.rules()[i].end) {
    PrintRule(program, i);
  }
}

void Instantiator::PrintSheet(const StyleProgram& program,
                              const SheetRecord& sheet) {
  // Programs are foreign bytes: imports may form a chain of any length.
  constexpr int kMaxImportDepth = 200;
  if (import_depth_ >= kMaxImportDepth ||
      !printed_.insert({&program, &sheet}).second) {
    return;
  }
  ++import_depth_;
  PrintRules(program, sheet.rules.begin, sheet.rules.end);
  --import_depth_;
}

std::string InstantiateCss(const StyleProgram& program, std::string_view path,
                           const InstantiateOptions& options) {
  Instantiator instantiator(options);
  if (const SheetRecord* sheet = program.FindSheet(path)) {
    instantiator.PrintSheet(program, *sheet);
  }
  return instantiator.Take();
}

}  // namespace fcc::style
