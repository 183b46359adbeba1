// SPDX-License-Identifier: Apache-2.0
//
// Scripts that require each other in a circle: whichever runs first sees an
// unfinished module. Each circle is told once, at the script that comes first
// by name.

#include <algorithm>

#include "compiler/check/rule.h"

namespace fcc::check {

FCC_REPORT(
    CircularRequire, "CK2701", Severity::kInfo,
    "these scripts require each other: {0}", "这些脚本相互引用：{0}",
    "Whichever of them runs first gets an unfinished module of the others. "
    "Move what they share to a script of its own.",
    "先运行的脚本会得到其他脚本尚未完成的模块。请把共用部分移到单独的脚本。");

namespace {

// Tarjan's algorithm, with a stack of its own: circles may be as long as the
// program.
class Circles {
 public:
  explicit Circles(const graph::ByPath<graph::ScriptFile>& scripts) {
    for (const auto& [path, script] : scripts) {
      index_of_[path] = static_cast<uint32_t>(scripts_.size());
      scripts_.push_back(&script);
      paths_.push_back(path);
    }
    for (const graph::ScriptFile* script : scripts_) {
      std::vector<uint32_t>& edges = edges_.emplace_back();
      for (size_t i = 0; i < script->targets.size(); ++i) {
        js::DependencyKind kind = script->result.dependencies[i].kind;
        auto found = index_of_.find(script->targets[i]);
        if (found != index_of_.end() &&
            kind != js::DependencyKind::kRequireAsync &&
            kind != js::DependencyKind::kDynamicImport) {
          edges.push_back(found->second);
        }
      }
    }
  }

  // Groups of more than one script, and scripts that require themselves.
  std::vector<std::vector<uint32_t>> Find() {
    const uint32_t count = static_cast<uint32_t>(scripts_.size());
    order_.assign(count, 0);
    low_.assign(count, 0);
    on_stack_.assign(count, false);
    for (uint32_t i = 0; i < count; ++i) {
      if (order_[i] == 0) {
        Walk(i);
      }
    }
    return std::move(circles_);
  }

  const graph::ScriptFile& script(uint32_t i) const { return *scripts_[i]; }
  std::string_view path(uint32_t i) const { return paths_[i]; }
  const std::vector<uint32_t>& edges(uint32_t i) const { return edges_[i]; }

 private:
  struct Frame {
    uint32_t node;
    size_t next_edge;
  };

  void Walk(uint32_t root) {
    std::vector<Frame> frames = {{root, 0}};
    Open(root);
    while (!frames.empty()) {
      Frame& frame = frames.back();
      const uint32_t node = frame.node;
      if (frame.next_edge < edges_[node].size()) {
        const uint32_t to = edges_[node][frame.next_edge++];
        if (order_[to] == 0) {
          Open(to);
          frames.push_back({to, 0});
        } else if (on_stack_[to]) {
          low_[node] = std::min(low_[node], order_[to]);
        }
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) {
        low_[frames.back().node] =
            std::min(low_[frames.back().node], low_[node]);
      }
      if (low_[node] == order_[node]) {
        Close(node);
      }
    }
  }

  void Open(uint32_t node) {
    order_[node] = low_[node] = ++counter_;
    stack_.push_back(node);
    on_stack_[node] = true;
  }

  void Close(uint32_t node) {
    std::vector<uint32_t> group;
    uint32_t member = 0;
    do {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[member] = false;
      group.push_back(member);
    } while (member != node);
    const std::vector<uint32_t>& out = edges_[node];
    if (group.size() > 1 ||
        std::find(out.begin(), out.end(), node) != out.end()) {
      std::sort(group.begin(), group.end());
      circles_.push_back(std::move(group));
    }
  }

  std::map<std::string_view, uint32_t> index_of_;
  std::vector<const graph::ScriptFile*> scripts_;
  std::vector<std::string_view> paths_;
  std::vector<std::vector<uint32_t>> edges_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> low_;
  std::vector<bool> on_stack_;
  std::vector<uint32_t> stack_;
  std::vector<std::vector<uint32_t>> circles_;
  uint32_t counter_ = 0;
};

}  // namespace

static void CheckProgram(const RuleContext& context) {
  Circles circles(context.files().scripts);
  for (const std::vector<uint32_t>& group : circles.Find()) {
    const uint32_t first = group.front();
    const graph::ScriptFile& script = circles.script(first);
    if (IsForeign(script)) {
      continue;
    }
    // The line of the first that leads into the circle.
    for (size_t i = 0; i < script.targets.size(); ++i) {
      auto in_group =
          std::find_if(group.begin(), group.end(), [&](uint32_t member) {
            return circles.path(member) == script.targets[i];
          });
      if (in_group == group.end()) {
        continue;
      }
      std::string names;
      for (uint32_t member : group) {
        names += names.empty() ? "" : ", ";
        names += circles.path(member);
        if (names.size() > 200) {
          names += ", …";
          break;
        }
      }
      context.sink.Report(
          Kind::kCircularRequire,
          {script.source->id(), script.result.dependencies[i].span}, names);
      break;
    }
  }
}

const Rule kCircularRequireRule = {.program = CheckProgram};

}  // namespace fcc::check
