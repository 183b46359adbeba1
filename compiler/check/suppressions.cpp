// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/suppressions.h"

#include <algorithm>

namespace fcc::check {

static constexpr std::string_view kWord = "fcc-ignore";

static bool IsCodeByte(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9');
}

static bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// What is left of a comment's text when its end marks are taken off.
static std::string_view WithoutEndMarks(std::string_view text) {
  for (std::string_view mark : {"-->", "*/"}) {
    text = text.substr(0, text.find(mark));
  }
  return text;
}

const std::vector<Suppressions::Comment>& Suppressions::CommentsOf(
    source::FileId id) {
  const source::SourceFile& file = sources_.Get(id);
  auto [found, is_new] = files_.try_emplace(id);
  if (!is_new && found->second.revision == file.revision()) {
    return found->second.comments;
  }
  found->second = {file.revision(), {}};
  std::string_view text = file.text();
  for (size_t at = text.find(kWord); at != std::string_view::npos;
       at = text.find(kWord, at + 1)) {
    Comment comment;
    comment.first_line = file.PositionOf(static_cast<uint32_t>(at)).line;
    std::string_view line = text.substr(at + kWord.size());
    line = WithoutEndMarks(line.substr(0, line.find('\n')));
    size_t colon = line.find(':');
    std::string_view codes = line.substr(0, colon);
    comment.has_reason =
        colon != std::string_view::npos && !IsBlank(line.substr(colon + 1));
    comment.span = {static_cast<uint32_t>(at),
                    static_cast<uint32_t>(at + kWord.size() + codes.size())};
    while (!codes.empty()) {
      size_t begin = 0;
      while (begin < codes.size() && !IsCodeByte(codes[begin])) {
        ++begin;
      }
      size_t end = begin;
      while (end < codes.size() && IsCodeByte(codes[end])) {
        ++end;
      }
      if (end > begin) {
        comment.codes.emplace_back(codes.substr(begin, end - begin));
      }
      codes.remove_prefix(end);
    }
    comment.last_line = comment.first_line + 1;
    while (comment.last_line < file.line_count() &&
           IsBlank(file.Line(comment.last_line))) {
      ++comment.last_line;
    }
    found->second.comments.push_back(std::move(comment));
  }
  return found->second.comments;
}

bool Suppressions::Covers(const diagnostics::Diagnostic& diagnostic) {
  if (diagnostic.location.file == source::FileId::kNone) {
    return false;
  }
  const source::SourceFile& file = sources_.Get(diagnostic.location.file);
  const std::vector<Comment>& comments = CommentsOf(file.id());
  if (comments.empty()) {
    return false;
  }
  uint32_t line = file.PositionOf(diagnostic.location.span.begin).line;
  std::string_view code = InfoOf(diagnostic.kind).code;
  return std::any_of(
      comments.begin(), comments.end(), [&](const Comment& comment) {
        return comment.first_line <= line && line <= comment.last_line &&
               std::find(comment.codes.begin(), comment.codes.end(), code) !=
                   comment.codes.end();
      });
}

void Suppressions::ReportWithoutReason(source::FileId file,
                                       diagnostics::Sink& sink) {
  for (const Comment& comment : CommentsOf(file)) {
    if (!comment.has_reason) {
      sink.Report(diagnostics::Kind::kSuppressionWithoutReason,
                  {file, comment.span});
    }
  }
}

}  // namespace fcc::check
