// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/reads.h"

#include <algorithm>

#include "compiler/check/rule.h"

namespace fcc::check {

void ReadLog::AddFile(source::FileId file) {
  if (std::ranges::find(own_, file) == own_.end()) {
    sources_.push_back(ReadSource::OfFile(file));
  }
}

std::vector<ReadSource> ReadLog::Take() {
  std::ranges::sort(sources_);
  sources_.erase(std::unique(sources_.begin(), sources_.end()), sources_.end());
  return std::move(sources_);
}

size_t Readers::Hash::operator()(const ReadSource& source) const {
  return MixStamps(source.what, static_cast<uint64_t>(source.kind) << 16 |
                                    static_cast<uint64_t>(source.rule));
}

size_t Readers::Hash::operator()(const Piece& piece) const {
  return MixStamps(piece.at, static_cast<uint64_t>(piece.kind) << 16 |
                                 static_cast<uint64_t>(piece.rule));
}

void Readers::Set(Piece piece, std::vector<ReadSource> sources) {
  auto found = sources_.find(piece);
  if (found == sources_.end()) {
    if (sources.empty()) {
      return;
    }
    found = sources_.emplace(piece, std::vector<ReadSource>()).first;
  }
  if (found->second == sources) {
    return;
  }
  for (const ReadSource& source : found->second) {
    std::erase(readers_[source], piece);
  }
  for (const ReadSource& source : sources) {
    readers_[source].push_back(piece);
  }
  found->second = std::move(sources);
}

std::vector<Piece> Readers::Of(ReadSource source) const {
  auto found = readers_.find(source);
  return found == readers_.end() ? std::vector<Piece>() : found->second;
}

void NameCounts::Set(source::FileId file, const std::vector<std::string>& names,
                     std::vector<std::string>& changed) {
  std::vector<Counts::value_type*> before = std::move(by_file_[file]);
  std::vector<Counts::value_type*> now;
  for (const std::string& name : names) {
    auto [at, fresh] = counts_.try_emplace(name, 0);
    if (fresh) {
      changed.push_back(name);
    }
    ++at->second;
    now.push_back(&*at);
  }
  for (Counts::value_type* entry : before) {
    if (--entry->second == 0) {
      changed.push_back(entry->first);
      counts_.erase(entry->first);
    }
  }
  if (now.empty()) {
    by_file_.erase(file);
  } else {
    by_file_[file] = std::move(now);
  }
}

std::vector<std::string_view> NameCounts::All(char sort) const {
  std::vector<std::string_view> all;
  for (const auto& [name, count] : counts_) {
    if (name.front() == sort) {
      all.push_back(std::string_view(name).substr(1));
    }
  }
  // Whatever was given first.
  std::ranges::sort(all);
  return all;
}

}  // namespace fcc::check
