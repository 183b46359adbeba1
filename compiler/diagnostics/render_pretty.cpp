// SPDX-License-Identifier: Apache-2.0
//
// The form for people: what is wrong, where, the lines themselves with the
// place marked, and what to do.
//
//   error[FX1001]: `view` is never closed
//     --> pages/index/index.fxml:3:3
//      |
//    3 |   <view class="list">
//      |   ^^^^^ opened here
//      |
//      = help: …
//
// Columns are terminal columns, so that marks stand under wide characters too;
// tabs are shown as two spaces. A line wider than the terminal is cropped
// around its mark.

#include <algorithm>
#include <map>

#include "compiler/diagnostics/render_internal.h"
#include "runtime/base/unicode.h"

namespace fcc::diagnostics {

namespace {

using base::format;

constexpr int kTabWidth = 2;
// Labelled lines farther apart than this are joined by `...`.
constexpr uint32_t kMaxGap = 2;

struct Mark {
  base::Span span;
  std::string_view text;
  bool primary = false;
};

class Painter {
 public:
  Painter(const source::SourceSet& sources, const RenderOptions& options)
      : sources_(sources), options_(options) {}

  std::string Take() { return std::move(out_); }

  void Paint(const Diagnostic& diagnostic) {
    Head(diagnostic);
    Place place =
        PlaceOf(diagnostic.location, diagnostic.path, sources_, options_);
    gutter_ = GutterOf(diagnostic);
    if (place.begin.line != 0) {
      out_ += format("{:{}}{} {}:{}:{}\n", "", gutter_, Dim("-->"), place.path,
                     place.begin.line, place.begin.column);
      Frames(diagnostic);
    } else if (!place.path.empty()) {
      out_ += format("{:{}}{} {}\n", "", gutter_, Dim("-->"), place.path);
    }
    for (const Words& note : diagnostic.notes) {
      Footer(chinese() ? "说明" : "note", TextOf(note, options_.language));
    }
    for (const Fix& fix : diagnostic.fixes) {
      Footer(chinese() ? "修复" : "fix", TextOf(fix.title, options_.language));
    }
    out_ += '\n';
  }

 private:
  bool chinese() const { return options_.language == Language::kChinese; }

  std::string Styled(std::string_view code, std::string_view text) const {
    if (!options_.colour) {
      return std::string(text);
    }
    return format("\x1b[{}m{}\x1b[0m", code, text);
  }
  std::string Dim(std::string_view text) const { return Styled("2", text); }
  std::string Bold(std::string_view text) const { return Styled("1", text); }

  static std::string_view ColourOf(Severity severity) {
    switch (severity) {
      case Severity::kInfo:
        return "1;36";
      case Severity::kWarning:
        return "1;33";
      case Severity::kError:
        return "1;31";
    }
    FCC_CHECK(false);
  }

  std::string_view NameOf(Severity severity) const {
    if (!chinese()) {
      return SeverityName(severity);
    }
    switch (severity) {
      case Severity::kInfo:
        return "提示";
      case Severity::kWarning:
        return "警告";
      case Severity::kError:
        return "错误";
    }
    FCC_CHECK(false);
  }

  void Head(const Diagnostic& diagnostic) {
    severity_ = diagnostic.severity;
    out_ += Styled(ColourOf(severity_), format("{}[{}]", NameOf(severity_),
                                               InfoOf(diagnostic.kind).code));
    out_ += Bold(": ");
    out_ += Bold(MessageOf(diagnostic, options_.language));
    out_ += '\n';
  }

  int GutterOf(const Diagnostic& diagnostic) const {
    uint32_t last = 1;
    auto consider = [&](const source::Location& location) {
      if (location.file != source::FileId::kNone) {
        last = std::max(
            last,
            sources_.Get(location.file).PositionOf(location.span.end).line);
      }
    };
    consider(diagnostic.location);
    for (const Label& label : diagnostic.labels) {
      consider(label.location);
    }
    return static_cast<int>(std::to_string(last).size()) + 1;
  }

  void Footer(std::string_view kind, std::string_view text) {
    out_ += format("{:{}}{} {}: {}\n", "", gutter_, Dim("="), Bold(kind), text);
  }

  // The primary file first, then every other file that a label points into.
  void Frames(const Diagnostic& diagnostic) {
    source::FileId first = diagnostic.location.file;
    std::vector<source::FileId> files = {first};
    for (const Label& label : diagnostic.labels) {
      source::FileId file = label.location.file;
      if (file != source::FileId::kNone &&
          std::find(files.begin(), files.end(), file) == files.end()) {
        files.push_back(file);
      }
    }
    for (source::FileId id : files) {
      const source::SourceFile& file = sources_.Get(id);
      std::vector<Mark> marks;
      if (id == first) {
        marks.push_back({diagnostic.location.span, {}, true});
      }
      for (const Label& label : diagnostic.labels) {
        if (label.location.file != id) {
          continue;
        }
        if (id == first && label.location.span == marks[0].span &&
            marks[0].text.empty()) {
          marks[0].text = TextOf(label.text, options_.language);
        } else {
          marks.push_back({label.location.span,
                           TextOf(label.text, options_.language), false});
        }
      }
      if (id != first) {
        source::LineColumn at = file.PositionOf(marks[0].span.begin);
        out_ += format("{:{}}{} {}:{}:{}\n", "", gutter_, Dim(":::"),
                       ShownPath(file.path(), options_), at.line, at.column);
      }
      Frame(file, marks);
    }
  }

  void Frame(const source::SourceFile& file, const std::vector<Mark>& marks) {
    // Lines in order, each with the marks that begin on it.
    std::map<uint32_t, std::vector<const Mark*>> lines;
    for (const Mark& mark : marks) {
      lines[file.PositionOf(mark.span.begin).line].push_back(&mark);
    }
    out_ += format("{:{}}{}\n", "", gutter_, Dim("|"));
    uint32_t previous = 0;
    for (const auto& [line, on_line] : lines) {
      if (previous != 0 && line > previous + kMaxGap) {
        out_ += format("{}\n", Dim("..."));
      } else if (previous != 0) {
        for (uint32_t between = previous + 1; between < line; ++between) {
          SourceLine(file, between, {});
        }
      }
      SourceLine(file, line, on_line);
      previous = line;
    }
    out_ += format("{:{}}{}\n", "", gutter_, Dim("|"));
  }

  // Terminal column, from 0, of a byte of the line, tabs widened.
  static int ColumnOf(std::string_view line, size_t byte) {
    int column = 0;
    for (size_t at = 0; at < std::min(byte, line.size());) {
      base::DecodedCodePoint decoded = base::DecodeUtf8(line, at);
      column += line[at] == '\t' ? kTabWidth
                                 : base::TerminalWidth(decoded.code_point);
      at += decoded.size;
    }
    return column;
  }

  // Of a line that is far longer than what is shown, the part round the mark:
  // a bundle is one line of megabytes, with hundreds of marks.
  static base::Span NearMark(std::string_view text, base::Span line,
                             uint32_t mark, int room) {
    // A character of one column takes up to four bytes, and combining ones may
    // stand with it.
    const uint32_t reach = static_cast<uint32_t>(room) * 16;
    if (line.end - line.begin <= 3 * reach) {
      return line;
    }
    auto is_inside = [&](uint32_t at) {
      return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    base::Span near = line;
    if (mark > line.begin + reach) {
      near.begin = mark - reach;
      while (near.begin < mark && is_inside(near.begin)) {
        ++near.begin;
      }
    }
    near.end = std::min(line.end, mark + reach);
    while (near.end < line.end && is_inside(near.end)) {
      ++near.end;
    }
    return near;
  }

  void SourceLine(const source::SourceFile& file, uint32_t line,
                  const std::vector<const Mark*>& marks) {
    // Room for the text: the terminal less the gutter and its bar.
    int room = std::max(20, options_.width - gutter_ - 3);
    base::Span span = file.LineSpan(line);
    if (!marks.empty()) {
      span = NearMark(file.text(), span, marks[0]->span.begin, room);
    }
    std::string_view text = span.In(file.text());
    int skip = 0;
    if (!marks.empty()) {
      int begin = ColumnOf(text, marks[0]->span.begin - span.begin);
      int total = ColumnOf(text, text.size());
      if (total > room && begin > room * 2 / 3) {
        skip = begin - room / 3;
      }
    }
    out_ += format("{} {} {}\n", Dim(format("{:>{}}", line, gutter_ - 1)),
                   Dim("|"), Cropped(text, skip, room));
    for (const Mark* mark : marks) {
      MarkLine(text, span, *mark, skip, room);
    }
  }

  void MarkLine(std::string_view text, base::Span line, const Mark& mark,
                int skip, int room) {
    uint32_t begin = std::clamp(mark.span.begin, line.begin, line.end);
    uint32_t end = std::clamp(mark.span.end, begin, line.end);
    int from = ColumnOf(text, begin - line.begin) - skip;
    int to = std::max(from + 1, ColumnOf(text, end - line.begin) - skip);
    from = std::clamp(from, 0, room - 1);
    to = std::clamp(to, from + 1, room);
    std::string underline(static_cast<size_t>(to - from),
                          mark.primary ? '^' : '-');
    std::string_view colour = mark.primary ? ColourOf(severity_) : "1;34";
    out_ += format("{:{}}{} {:{}}{}", "", gutter_, Dim("|"), "", from,
                   Styled(colour, underline));
    if (!mark.text.empty()) {
      out_ += ' ';
      out_ += Styled(colour, mark.text);
    }
    out_ += '\n';
  }

  static std::string Cropped(std::string_view text, int skip, int room) {
    std::string shown;
    int column = 0;
    for (size_t at = 0; at < text.size();) {
      base::DecodedCodePoint decoded = base::DecodeUtf8(text, at);
      bool tab = text[at] == '\t';
      int width = tab ? kTabWidth : base::TerminalWidth(decoded.code_point);
      if (column >= skip) {
        if (column - skip + width > room) {
          break;
        }
        if (tab) {
          shown.append(kTabWidth, ' ');
        } else if (!decoded.valid || width == 0) {
          // Control bytes must not reach the terminal.
          shown += decoded.valid && decoded.code_point >= 0x20
                       ? text.substr(at, decoded.size)
                       : std::string_view();
        } else {
          shown += text.substr(at, decoded.size);
        }
      }
      column += width;
      at += decoded.size;
    }
    while (!shown.empty() && shown.back() == ' ') {
      shown.pop_back();
    }
    return shown;
  }

  const source::SourceSet& sources_;
  const RenderOptions& options_;
  std::string out_;
  int gutter_ = 2;
  Severity severity_ = Severity::kError;
};

}  // namespace

std::string RenderPretty(std::span<const Diagnostic> diagnostics,
                         const source::SourceSet& sources,
                         const RenderOptions& options) {
  Painter painter(sources, options);
  for (const Diagnostic& diagnostic : diagnostics) {
    painter.Paint(diagnostic);
  }
  return painter.Take();
}

std::string RenderSummary(std::span<const Diagnostic> diagnostics,
                          const RenderOptions& options) {
  size_t counts[3] = {};
  for (const Diagnostic& diagnostic : diagnostics) {
    ++counts[static_cast<size_t>(diagnostic.severity)];
  }
  static constexpr std::string_view kEnglish[] = {"note", "warning", "error"};
  static constexpr std::string_view kChinese[] = {"个提示", "个警告", "个错误"};
  std::string out;
  for (size_t i = 3; i-- > 0;) {
    if (counts[i] == 0) {
      continue;
    }
    if (options.language == Language::kChinese) {
      out += format("{}{} {}", out.empty() ? "" : "，", counts[i], kChinese[i]);
    } else {
      out += format("{}{} {}{}", out.empty() ? "" : ", ", counts[i],
                    kEnglish[i], counts[i] == 1 ? "" : "s");
    }
  }
  if (!out.empty()) {
    out += '\n';
  }
  return out;
}

}  // namespace fcc::diagnostics
