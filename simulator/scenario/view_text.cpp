// SPDX-License-Identifier: Apache-2.0

#include "simulator/scenario/view_text.h"

#include <functional>
#include <string_view>

#include "runtime/app/component.h"
#include "runtime/app/node.h"
#include "runtime/base/format.h"
#include "runtime/value/value_json.h"

namespace fcc::scenario {

using app::Node;
using app::NodeKind;
using value::Value;

static constexpr size_t kMaxAttr = 60;

static std::string Shortened(std::string text, size_t most) {
  if (text.size() > most) {
    size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;
    }
    text.resize(end);
    text += "…";
  }
  return text;
}

static void AppendAttr(std::string& tag, std::string_view name,
                       const Value& value, size_t most) {
  std::string text = value.IsString() ? std::string(value.string())
                     : value.IsArray() || value.IsObject()
                         ? value::ToJson(value)
                         : value.ToDisplayString();
  tag += base::format(" {}=\"{}\"", name, Shortened(std::move(text), most));
}

// <tag …> without its end.
static std::string OpeningTag(const Node& node, size_t most) {
  std::string tag = base::format("<{}", node.tag);
  if (!node.html_id.empty()) {
    AppendAttr(tag, "id", Value::String(node.html_id), most);
  }
  if (const std::string classes = node.ClassText(); !classes.empty()) {
    AppendAttr(tag, "class", Value::String(classes), most);
  }
  if (const std::string style = node.StyleText(); !style.empty()) {
    AppendAttr(tag, "style", Value::String(style), most);
  }
  for (const auto& [name, value] : node.attrs) {
    const Value current = node.Current(name);
    if (current.IsBool() && current.boolean()) {
      tag += " " + app::DashCase(name);
    } else if (!current.IsNullish() && !current.IsFunction()) {
      AppendAttr(tag, app::DashCase(name), current, most);
    }
  }
  return tag;
}

static void ForEachChild(const Node& node, ViewDetail detail,
                         const std::function<void(Node&)>& visit) {
  if (detail == ViewDetail::kComposed) {
    app::ForEachComposedChild(node, visit);
    return;
  }
  for (Node* child = node.first_child; child != nullptr; child = child->next) {
    visit(*child);
  }
}

// In the own tree, the tag of any component is there.
static bool IsShown(const Node& node, ViewDetail detail) {
  return detail == ViewDetail::kComposed
             ? !app::IsTransparent(node)
             : node.kind != NodeKind::kSlot &&
                   node.kind != NodeKind::kShadowRoot;
}

namespace {

class Writer {
 public:
  Writer(ViewDetail detail, size_t max_lines)
      : detail_(detail), lines_left_(max_lines) {}

  void Write(const Node& node, int depth) {
    if (lines_left_ == 0) {
      return;
    }
    if (node.IsText()) {
      Line(depth, Shortened(Trimmed(node.text), 200));
      return;
    }
    if (!IsShown(node, detail_)) {
      ForEachChild(node, detail_, [&](Node& child) { Write(child, depth); });
      return;
    }
    size_t children = 0;
    const Node* only = nullptr;
    ForEachChild(node, detail_, [&](Node& child) {
      ++children;
      only = &child;
    });
    std::string tag = OpeningTag(node, kMaxAttr);
    if (children == 0) {
      Line(depth, tag + " />");
    } else if (children == 1 && only->IsText()) {
      Line(depth, base::format("{}>{}</{}>", tag,
                               Shortened(Trimmed(only->text), 200), node.tag));
    } else {
      Line(depth, tag + ">");
      ForEachChild(node, detail_,
                   [&](Node& child) { Write(child, depth + 1); });
      Line(depth, base::format("</{}>", node.tag));
    }
  }

  std::string text;

 private:
  static std::string Trimmed(std::string_view from) {
    const size_t begin = from.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
      return {};
    }
    return std::string(
        from.substr(begin, from.find_last_not_of(" \t\r\n") - begin + 1));
  }

  void Line(int depth, std::string_view line) {
    if (lines_left_ == 0) {
      return;
    }
    if (--lines_left_ == 0) {
      text += "…\n";
      return;
    }
    text.append(static_cast<size_t>(depth) * 2, ' ');
    text += line;
    text += '\n';
  }

  ViewDetail detail_;
  size_t lines_left_;
};

void AppendMarkup(const Node& node, std::string& text) {
  if (node.IsText()) {
    text += node.text;
    return;
  }
  const bool tag = !app::IsTransparent(node);
  if (tag) {
    text += OpeningTag(node, std::string::npos) + ">";
  }
  ForEachChild(node, ViewDetail::kComposed,
               [&](Node& child) { AppendMarkup(child, text); });
  if (tag) {
    text += base::format("</{}>", node.tag);
  }
}

}  // namespace

std::string ViewText(const Node& node, ViewDetail detail, size_t max_lines) {
  Writer writer(detail, max_lines);
  writer.Write(node, 0);
  return std::move(writer.text);
}

std::string ViewMarkup(const Node& node, bool with_itself) {
  std::string text;
  if (with_itself) {
    AppendMarkup(node, text);
  } else {
    ForEachChild(node, ViewDetail::kComposed,
                 [&](Node& child) { AppendMarkup(child, text); });
  }
  return text;
}

}  // namespace fcc::scenario
