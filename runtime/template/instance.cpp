// SPDX-License-Identifier: Apache-2.0
//
// The walk over nodes that makes the host's tree and keeps it up to date. It
// remembers one Live node for every program node that stands in the tree, with
// the values last given to the host. Subtrees that read no data are built once
// and not remembered.

#include "runtime/template/instance.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/base/format.h"
#include "runtime/base/unicode.h"
#include "runtime/template/evaluate.h"
#include "runtime/template/list_match.h"
#include "runtime/template/live_tree.h"
#include "runtime/template/operators.h"
#include "runtime/template/touched.h"

namespace fcc::tmpl {

using value::Value;

// Nodes within nodes, templates and includes counted in: what the native stack
// bears with the sanitizers on.
static constexpr int kMaxRenderDepth = 1000;
static constexpr int kMaxTemplateDepth = 200;
static constexpr size_t kMaxIterations = 100000;
// Nodes and iterations made in one render or update. A template that uses
// itself twice would otherwise never end.
static constexpr size_t kMaxMade = 300000;

namespace {

struct Iteration {
  Value item;
  Value index;
};

// What is known of a loop's list before the update.
struct ListBefore {
  // It was written as a whole.
  bool touched = false;
  // Undefined when it is not known.
  Value list;

  std::optional<Value> Item(size_t position) const {
    if (touched) {
      return TouchedMark();
    }
    if (list.IsArray() && position < list.array().items.size()) {
      return list.array().items[position];
    }
    return std::nullopt;
  }
};

}  // namespace

static const Value kUndefinedValue;

class Instance::Evaluator {
 public:
  Evaluator(const Program& program, UnitId unit, TreeHost& host,
            ScriptHost* scripts)
      : program_(program),
        unit_(static_cast<uint32_t>(unit)),
        host_(host),
        expressions_(program, host, scripts) {}

  void Render(HostNode root, Value data) {
    FCC_CHECK(!rendered_ && unit_ < program_.units().size());
    rendered_ = true;
    busy_ = true;
    root_.host = root;
    data_ = std::move(data);
    Scope scope;
    scope.data = &data_;
    scope.unit = unit_;
    scope.module_unit = unit_;
    const UnitRecord& unit = program_.units()[unit_];
    CreateChildren(unit.first_node, unit.end_node, scope,
                   {root, HostNode::kNone, &kUndefinedValue, nullptr}, root_);
    busy_ = false;
    Drain();
  }

  void Update(Value data, std::vector<Value> touched) {
    FCC_CHECK(rendered_ || busy_);
    pending_ = std::move(data);
    std::move(touched.begin(), touched.end(), std::back_inserter(touched_));
    if (!busy_) {
      Drain();
    }
  }

  void RefreshSlots() {
    if (root_.has_dynamic) {
      refresh_ = true;
      if (!busy_) {
        Drain();
      }
    }
  }

  uint64_t evaluations() const { return expressions_.evaluations(); }

  void VisitValues(const std::function<void(const Value&)>& visit) const {
    visit(data_);
    if (pending_.has_value()) {
      visit(*pending_);
    }
    std::vector<const Live*> waiting = {&root_};
    while (!waiting.empty()) {
      const Live* live = waiting.back();
      waiting.pop_back();
      for (const Value& value : live->values) {
        visit(value);
      }
      for (const LivePtr& child : live->children) {
        if (child != nullptr) {
          waiting.push_back(child.get());
        }
      }
    }
  }

 private:
  // A child component's event may come from deep inside of our own calls to the
  // host; what it asks for waits in pending_ until here.
  void Drain() {
    while (pending_.has_value() || refresh_) {
      busy_ = true;
      made_ = 0;
      Value now = pending_.has_value() ? std::move(*pending_) : data_;
      pending_.reset();
      refreshing_ = std::exchange(refresh_, false);
      for (const Value& path : std::exchange(touched_, {})) {
        MarkTouched(data_, path);
      }
      Scope scope;
      scope.data = &now;
      scope.old_data = &data_;
      scope.unit = unit_;
      scope.module_unit = unit_;
      scope.changed = ChangedNames(data_, now);
      if (scope.changed != 0 || refreshing_) {
        UpdateChildren(root_, scope, nullptr, root_.host, &kUndefinedValue);
      }
      data_ = std::move(now);
      refreshing_ = false;
      busy_ = false;
    }
  }

  uint64_t ChangedNames(const Value& before, const Value& now) const {
    if (before.SameAs(now)) {
      return 0;
    }
    uint64_t names = 0;
    auto add = [&](std::string_view name) {
      uint32_t id = program_.FindString(name);
      if (id != kNoId) {
        names |= Program::NameBit(id);
      }
    };
    if (now.IsObject()) {
      for (const auto& member : now.object().members()) {
        const Value* old =
            before.IsObject() ? before.object().Find(member.name()) : nullptr;
        if (old == nullptr || !old->SameAs(member.value)) {
          add(member.name());
        }
      }
    }
    if (before.IsObject()) {
      for (const auto& member : before.object().members()) {
        if (!now.IsObject() || now.object().Find(member.name()) == nullptr) {
          add(member.name());
        }
      }
    }
    return names;
  }

  const NodeRecord& Node(uint32_t at) const { return program_.nodes()[at]; }
  TemplatePlace PlaceOf(const NodeRecord& node, const Scope& scope) const {
    return {program_.UnitPath(static_cast<UnitId>(scope.unit)),
            {node.span_begin, node.span_end}};
  }

  void CreateChildren(uint32_t first, uint32_t end, const Scope& scope,
                      const Site& site, Live& live) {
    for (uint32_t at = first; at < end; at = Node(at).end) {
      if (Node(at).kind != NodeKind::kDefinition) {
        live.children.push_back(Create(at, scope, site));
        live.has_dynamic |= live.children.back()->has_dynamic;
      }
    }
  }

  bool MayMakeMore(const NodeRecord& node, const Scope& scope) {
    if (++made_ == kMaxMade) {
      host_.Report({ProblemKind::kTooDeep,
                    "the view has too many nodes; the rest is left out",
                    PlaceOf(node, scope)});
    }
    return made_ < kMaxMade;
  }

  LivePtr Create(uint32_t at, const Scope& scope, const Site& site) {
    auto live = std::make_unique<Live>();
    live->node = at;
    const NodeRecord& node = Node(at);
    if (!MayMakeMore(node, scope)) {
      return live;
    }
    if (depth_ >= kMaxRenderDepth) {
      host_.Report({ProblemKind::kTooDeep,
                    "the view is nested too deep; what is below is left out",
                    PlaceOf(node, scope)});
      return live;
    }
    ++depth_;
    switch (node.kind) {
      case NodeKind::kElement:
        CreateElement(*live, node, scope, site);
        break;
      case NodeKind::kText:
        CreateText(*live, node, scope, site);
        break;
      case NodeKind::kBlock:
        CreateBlock(*live, node, scope, site);
        break;
      case NodeKind::kIf:
        live->target = ChooseBranch(node, at, scope);
        CreateBranch(*live, scope, site);
        break;
      case NodeKind::kFor:
        CreateLoop(*live, node, scope, site);
        break;
      case NodeKind::kTemplateUse:
        CreateTemplate(*live, node, scope, site);
        break;
      case NodeKind::kInclude:
        CreateInclude(*live, node, scope, site);
        break;
      case NodeKind::kBranch:
      case NodeKind::kDefinition:
      case NodeKind::kCount:
        FCC_CHECK(false);
    }
    --depth_;
    return live;
  }

  // The values of a slot that an element takes by `slot:x` and `slot:x="y"`,
  // as frames of a scope.
  class SlotFrames {
   public:
    SlotFrames(const Evaluator& evaluator, const NodeRecord& node,
               const Scope& scope)
        : scope_(scope) {
      if (scope.slot_values == nullptr) {
        return;
      }
      const Program& program = evaluator.program_;
      const auto attrs =
          program.attrs().subspan(node.first_attr, node.attr_count);
      for (const AttrRecord& record : attrs) {
        count_ += record.kind == AttrKind::kSlotValue ? 1 : 0;
      }
      if (count_ == 0) {
        return;
      }
      values_.reserve(2 * count_);
      frames_.reserve(count_);
      for (const AttrRecord& record : attrs) {
        if (record.kind != AttrKind::kSlotValue) {
          continue;
        }
        const std::string_view name = program.String(record.name);
        values_.push_back(scope.slot_values->Get(name));
        values_.push_back(scope.old_slot_values == nullptr
                              ? values_.back()
                              : scope.old_slot_values->Get(name));
        Frame frame;
        frame.up = scope_.frames;
        frame.item_name = record.value_kind == ValueKind::kString ? record.value
                                                                  : record.name;
        frame.item = &values_[values_.size() - 2];
        frame.old_item = &values_.back();
        if (!frame.item->SameAs(*frame.old_item)) {
          scope_.changed |= Program::NameBit(frame.item_name);
        }
        frames_.push_back(frame);
        scope_.frames = &frames_.back();
      }
    }
    SlotFrames(const SlotFrames&) = delete;
    SlotFrames& operator=(const SlotFrames&) = delete;

    const Scope& scope() const { return scope_; }

   private:
    Scope scope_;
    size_t count_ = 0;
    std::vector<Value> values_;
    std::vector<Frame> frames_;
  };

  // Whether the content that `site` is in takes an element with that slot.
  static bool IsForSlot(const Live* content, const Value& slot) {
    return content == nullptr ||
           (slot.IsNullish() ? "" : slot.ToDisplayString()) ==
               content->values[0].string();
  }

  // The element's own `slot`, else that of a block around it.
  Value SlotOf(const NodeRecord& node, const Scope& scope,
               const Value& inherited) {
    for (size_t i = node.attr_count; i-- > 0;) {
      const AttrRecord& record = program_.attrs()[node.first_attr + i];
      if (record.kind == AttrKind::kSlot) {
        return expressions_.Evaluate(record.value_kind, record.value, scope);
      }
    }
    return inherited;
  }

  void InsertAt(const Site& site, HostNode host) {
    if (site.content != nullptr) {
      host_.SetContentSlot(host, site.content->slot_id);
    }
    if (site.held != nullptr) {
      site.held->push_back(host);
    } else {
      host_.Insert(site.parent, host, site.before);
    }
  }

  void InsertHeld(const Site& site, const std::vector<HostNode>& held) {
    for (const HostNode host : held) {
      host_.Insert(site.parent, host, site.before);
    }
  }

  void CreateElement(Live& live, const NodeRecord& node,
                     const Scope& outer_scope, const Site& site) {
    const SlotFrames frames(*this, node, outer_scope);
    const Scope& scope = frames.scope();
    if (site.content != nullptr &&
        !IsForSlot(site.content, SlotOf(node, scope, *site.slot))) {
      return;
    }
    std::vector<Attr> attrs;
    attrs.reserve(node.attr_count);
    for (const AttrRecord& record :
         program_.attrs().subspan(node.first_attr, node.attr_count)) {
      Attr attr = MakeAttr(record, scope);
      if (record.value_kind == ValueKind::kExpression) {
        live.values.push_back(attr.value);
        if (record.kind == AttrKind::kModel) {
          live.values.push_back(attr.model_path);
        }
      }
      attrs.push_back(std::move(attr));
    }
    Element element{program_.String(node.name), attrs, *site.slot,
                    PlaceOf(node, scope)};
    live.host = host_.CreateElement(element);
    live.has_dynamic = host_.MayChangeSlots(live.host);
    CreateElementContent(live, node, scope);
    if (program_.NamesReadBelow(live.node) == 0 && !live.has_dynamic) {
      live.children.clear();
      live.values.clear();
    }
    InsertAt(site, live.host);
  }

  // Once for all, or once for each slot.
  void CreateElementContent(Live& live, const NodeRecord& node,
                            const Scope& scope) {
    const auto slots = host_.DynamicSlots(live.host);
    live.is_dynamic = slots.has_value();
    live.has_dynamic |= live.is_dynamic;
    if (!slots) {
      CreateChildren(live.node + 1, node.end, scope,
                     {live.host, HostNode::kNone, &kUndefinedValue, nullptr},
                     live);
      return;
    }
    for (const DynamicSlot& slot : *slots) {
      live.children.push_back(CreateContent(live, node, slot, scope));
    }
  }

  // What the element's children are for one of its slots.
  LivePtr CreateContent(const Live& element, const NodeRecord& node,
                        const DynamicSlot& slot, const Scope& scope) {
    auto content = std::make_unique<Live>();
    content->node = element.node;
    content->slot_id = slot.id;
    content->values = {Value::String(slot.name), slot.values};
    Scope inner = scope;
    inner.slot_values = &content->values[1];
    inner.old_slot_values = nullptr;
    CreateChildren(
        element.node + 1, node.end, inner,
        {element.host, HostNode::kNone, &kUndefinedValue, content.get()},
        *content);
    return content;
  }

  Attr MakeAttr(const AttrRecord& record, const Scope& scope) {
    Attr attr;
    attr.kind = record.kind;
    attr.flags = record.flags;
    attr.name = program_.String(record.name);
    attr.value = expressions_.Evaluate(record.value_kind, record.value, scope);
    if (record.kind == AttrKind::kModel &&
        record.value_kind == ValueKind::kExpression) {
      attr.model_path = expressions_.EvaluatePath(record.value, scope);
    }
    return attr;
  }

  void CreateText(Live& live, const NodeRecord& node, const Scope& scope,
                  const Site& site) {
    if (!IsForSlot(site.content, *site.slot)) {
      return;
    }
    Value text = expressions_.Evaluate(node.value_kind, node.value, scope);
    if (!text.IsString()) {
      text = Value::String(text.IsUndefined() ? "" : text.ToDisplayString());
    }
    live.host = host_.CreateText(text.string(), *site.slot);
    if (node.value_kind == ValueKind::kExpression) {
      live.values.push_back(std::move(text));
    }
    InsertAt(site, live.host);
  }

  void CreateBlock(Live& live, const NodeRecord& node, const Scope& scope,
                   const Site& site) {
    Site inner = site;
    Value slot;
    if (node.value_kind != ValueKind::kNone) {
      slot = expressions_.Evaluate(node.value_kind, node.value, scope);
      live.values.push_back(slot);
      inner.slot = &slot;
    }
    CreateChildren(live.node + 1, node.end, scope, inner, live);
  }

  uint32_t ChooseBranch(const NodeRecord& node, uint32_t at,
                        const Scope& scope) {
    for (uint32_t branch = at + 1; branch < node.end;
         branch = Node(branch).end) {
      const NodeRecord& record = Node(branch);
      if (record.value_kind == ValueKind::kNone ||
          expressions_.Evaluate(record.value_kind, record.value, scope)
              .Truthy()) {
        return branch;
      }
    }
    return kNoId;
  }

  void CreateBranch(Live& live, const Scope& scope, const Site& site) {
    if (live.target != kNoId) {
      CreateChildren(live.target + 1, Node(live.target).end, scope, site, live);
    }
  }

  std::vector<Iteration> Iterate(const Value& list, const NodeRecord& node,
                                 const Scope& scope) {
    std::vector<Iteration> iterations;
    auto add = [&](Value item, Value index) {
      if (iterations.size() < kMaxIterations) {
        iterations.push_back({std::move(item), std::move(index)});
        return;
      }
      if (iterations.size() == kMaxIterations) {
        host_.Report({ProblemKind::kTooDeep,
                      "a list has more than 100000 items; the rest is left "
                      "out",
                      PlaceOf(node, scope)});
        iterations.shrink_to_fit();
      }
    };
    switch (list.kind()) {
      case value::Kind::kArray: {
        double index = 0;
        for (const Value& item : list.array().items) {
          if (index > static_cast<double>(kMaxIterations)) {
            break;
          }
          add(item, Value::Number(index++));
        }
        break;
      }
      case value::Kind::kObject:
        for (const auto& member : list.object().members()) {
          add(member.value, member.key);
        }
        break;
      case value::Kind::kString: {
        std::u16string units = base::ToUtf16(list.string());
        for (size_t i = 0; i < units.size() && i <= kMaxIterations; ++i) {
          add(Value::String(
                  base::FromUtf16(std::u16string_view(units).substr(i, 1))),
              Value::Number(static_cast<double>(i)));
        }
        break;
      }
      case value::Kind::kNumber: {
        double limit = list.number();
        for (double i = 0; i < limit && i <= double{kMaxIterations}; ++i) {
          add(Value::Number(i), Value::Number(i));
        }
        break;
      }
      case value::Kind::kUndefined:
      case value::Kind::kNull:
      case value::Kind::kBool:
      case value::Kind::kDate:
      case value::Kind::kFunction:
      case value::Kind::kBytes:
      case value::Kind::kRegExp:
        break;
    }
    return iterations;
  }

  Value KeyOf(const NodeRecord& node, const Value& item) const {
    if ((node.flags & kForKeyIsItem) != 0) {
      return item;
    }
    return node.key == kNoId ? Value()
                             : GetMember(item, program_.String(node.key));
  }

  Frame FrameOf(const NodeRecord& node, uint32_t at, const Scope& scope) {
    Frame frame;
    frame.up = scope.frames;
    frame.item_name = node.name;
    frame.index_name = node.extra;
    frame.loop_node = at;
    frame.loop_scope = &scope;
    return frame;
  }

  LivePtr CreateIteration(uint32_t at, const NodeRecord& node,
                          Iteration iteration, const Scope& scope,
                          const Site& site) {
    auto live = std::make_unique<Live>();
    live->node = at;
    live->values.push_back(std::move(iteration.item));
    live->values.push_back(std::move(iteration.index));
    live->values.push_back(KeyOf(node, live->values[0]));
    Frame frame = FrameOf(node, at, scope);
    frame.item = frame.old_item = &live->values[0];
    frame.index = frame.old_index = &live->values[1];
    Scope inner = scope;
    inner.frames = &frame;
    CreateChildren(at + 1, node.end, inner, site, *live);
    return live;
  }

  void CreateLoop(Live& live, const NodeRecord& node, const Scope& scope,
                  const Site& site) {
    Value list = expressions_.Evaluate(node.value_kind, node.value, scope);
    std::vector<Iteration> iterations = Iterate(list, node, scope);
    live.children.reserve(iterations.size());
    for (Iteration& iteration : iterations) {
      if (!MayMakeMore(node, scope)) {
        break;
      }
      live.children.push_back(
          CreateIteration(live.node, node, std::move(iteration), scope, site));
      live.has_dynamic |= live.children.back()->has_dynamic;
    }
    ReportDuplicateKeys(live, node, scope);
  }

  void ReportDuplicateKeys(Live& live, const NodeRecord& node,
                           const Scope& scope) {
    if (!IsKeyed(node) || live.target != kNoId) {
      return;
    }
    std::unordered_map<std::string, size_t> seen;
    for (const LivePtr& child : live.children) {
      const Value& key = child->values[2];
      if (!key.IsUndefined() && ++seen[key.ToDisplayString()] == 2) {
        // Told once a loop.
        live.target = 0;
        host_.Report({ProblemKind::kDuplicateKey,
                      base::format("wx:key `{}` is not unique in the list",
                                   key.ToDisplayString()),
                      PlaceOf(node, scope)});
        return;
      }
    }
  }

  // Definitions of the unit itself, the last one first; then its imports, the
  // last one first; imports of imports are out of sight.
  bool FindTemplate(std::string_view name, uint32_t unit_index,
                    uint32_t& definition, uint32_t& unit) const {
    auto find_in = [&](uint32_t at) {
      const UnitRecord& record = program_.units()[at];
      for (uint32_t i = record.template_count; i-- > 0;) {
        const TemplateRecord& candidate =
            program_.templates()[record.first_template + i];
        if (program_.String(candidate.name) == name) {
          definition = candidate.node;
          unit = at;
          return true;
        }
      }
      return false;
    };
    if (find_in(unit_index)) {
      return true;
    }
    const UnitRecord& record = program_.units()[unit_index];
    for (uint32_t i = record.import_count; i-- > 0;) {
      uint32_t import = program_.imports()[record.first_import + i];
      if (import != kNoId && find_in(import)) {
        return true;
      }
    }
    return false;
  }

  Value TemplateData(const NodeRecord& node, const Scope& scope) {
    Value data = node.extra == kNoId ? Value()
                                     : expressions_.Evaluate(node.extra, scope);
    return data.IsObject() ? data : Value::NewObject();
  }

  void CreateTemplate(Live& live, const NodeRecord& node, const Scope& scope,
                      const Site& site) {
    live.values.push_back(
        expressions_.Evaluate(node.value_kind, node.value, scope));
    live.values.push_back(TemplateData(node, scope));
    FillTemplate(live, node, scope, site);
  }

  void FillTemplate(Live& live, const NodeRecord& node, const Scope& scope,
                    const Site& site) {
    std::string name = live.values[0].ToDisplayString();
    live.target = kNoId;
    if (!FindTemplate(name, scope.unit, live.target, live.unit)) {
      host_.Report({ProblemKind::kTemplateNotFound,
                    base::format("Template `{}` not found.", name),
                    PlaceOf(node, scope)});
      return;
    }
    if (template_depth_ >= kMaxTemplateDepth) {
      host_.Report({ProblemKind::kTooDeep,
                    base::format("template `{}` uses itself more than {} times "
                                 "deep; what is below is left out",
                                 name, kMaxTemplateDepth),
                    PlaceOf(node, scope)});
      return;
    }
    Scope inner;
    inner.data = inner.old_data = &live.values[1];
    inner.unit = inner.module_unit = live.unit;
    inner.is_template = true;
    inner.slot_values = scope.slot_values;
    ++template_depth_;
    CreateChildren(live.target + 1, Node(live.target).end, inner, site, live);
    --template_depth_;
  }

  void CreateInclude(Live& live, const NodeRecord& node, const Scope& scope,
                     const Site& site) {
    if (node.extra == kNoId) {
      host_.Report({ProblemKind::kMissingFile,
                    base::format("included file `{}` not found",
                                 program_.String(node.name)),
                    PlaceOf(node, scope)});
      return;
    }
    for (const IncludeChain* link = scope.includes; link != nullptr;
         link = link->up) {
      if (link->unit == node.extra) {
        host_.Report(
            {ProblemKind::kTooDeep,
             base::format("`{}` includes itself",
                          program_.UnitPath(static_cast<UnitId>(node.extra))),
             PlaceOf(node, scope)});
        return;
      }
    }
    live.target = node.extra;
    IncludeChain chain{scope.includes, node.extra};
    Scope inner = scope;
    inner.unit = node.extra;
    inner.includes = &chain;
    const UnitRecord& unit = program_.units()[node.extra];
    CreateChildren(unit.first_node, unit.end_node, inner, site, live);
  }

  bool MayChange(const Live& live, const Scope& scope) const {
    return (program_.NamesReadBelow(live.node) & scope.changed) != 0 ||
           (refreshing_ && live.has_dynamic);
  }

  void UpdateChildren(Live& live, const Scope& scope, const Cursor* up,
                      HostNode parent, const Value* slot,
                      const Live* content = nullptr) {
    Cursor cursor{up, &live, 0, parent, slot, content};
    for (size_t i = 0; i < live.children.size(); ++i) {
      if (MayChange(*live.children[i], scope)) {
        cursor.index = i;
        UpdateNode(*live.children[i], scope, cursor);
        live.has_dynamic |= live.children[i]->has_dynamic;
      }
    }
  }

  Site SiteAfter(const Cursor& cursor) const {
    return {cursor.parent, NextHost(cursor), cursor.slot, cursor.content,
            nullptr};
  }

  // Other children for `live`, which `make` makes: they are there before the
  // old ones go, and are inserted afterwards.
  template <typename Make>
  void ReplaceChildren(Live& live, const Cursor& cursor, const Make& make) {
    const std::vector<LivePtr> gone = std::move(live.children);
    live.children.clear();
    std::vector<HostNode> held;
    Site site = SiteAfter(cursor);
    site.held = &held;
    make(site);
    for (const LivePtr& child : gone) {
      RemoveHosts(*child, cursor.parent);
    }
    InsertHeld(site, held);
  }

  void RemoveHosts(const Live& live, HostNode parent) {
    ForEachTopHost(live, [&](HostNode host) { host_.Remove(parent, host); });
  }

  void RemoveChildren(Live& live, HostNode parent) {
    for (const LivePtr& child : live.children) {
      RemoveHosts(*child, parent);
    }
    live.children.clear();
  }

  void UpdateNode(Live& live, const Scope& scope, const Cursor& cursor) {
    const NodeRecord& node = Node(live.node);
    switch (node.kind) {
      case NodeKind::kElement:
        UpdateElement(live, node, scope, cursor);
        break;
      case NodeKind::kText:
        UpdateText(live, node, scope);
        break;
      case NodeKind::kBlock:
        UpdateBlock(live, node, scope, cursor);
        break;
      case NodeKind::kIf:
        UpdateIf(live, node, scope, cursor);
        break;
      case NodeKind::kFor:
        UpdateLoop(live, node, scope, cursor);
        break;
      case NodeKind::kTemplateUse:
        UpdateTemplate(live, node, scope, cursor);
        break;
      case NodeKind::kInclude:
        UpdateInclude(live, scope, cursor);
        break;
      case NodeKind::kBranch:
      case NodeKind::kDefinition:
      case NodeKind::kCount:
        FCC_CHECK(false);
    }
  }

  // In the content of one slot: whether the element is for that slot may have
  // changed. True when that settled it.
  bool UpdateContentElement(Live& live, const NodeRecord& node,
                            const Scope& scope, const Cursor& cursor) {
    const bool is_there = live.host != HostNode::kNone;
    const bool belongs =
        IsForSlot(cursor.content, SlotOf(node, scope, *cursor.slot));
    if (is_there && belongs) {
      return false;
    }
    if (is_there) {
      host_.Remove(cursor.parent, live.host);
      const uint32_t at = live.node;
      live = Live();
      live.node = at;
    } else if (belongs) {
      CreateElement(live, node, scope, SiteAfter(cursor));
    }
    return true;
  }

  // The contents of a dynamic element, for the slots that it has now.
  void UpdateContents(Live& live, const NodeRecord& node, const Scope& scope,
                      const Cursor& cursor) {
    const auto slots = host_.DynamicSlots(live.host);
    if (!slots) {
      return;
    }
    for (size_t i = live.children.size(); i-- > 0;) {
      if (std::none_of(slots->begin(), slots->end(),
                       [&](const DynamicSlot& slot) {
                         return slot.id == live.children[i]->slot_id;
                       })) {
        RemoveHosts(*live.children[i], live.host);
        live.children.erase(live.children.begin() + static_cast<ptrdiff_t>(i));
      }
    }
    for (const DynamicSlot& slot : *slots) {
      size_t at = 0;
      while (at < live.children.size() &&
             live.children[at]->slot_id != slot.id) {
        ++at;
      }
      if (at == live.children.size()) {
        live.children.push_back(CreateContent(live, node, slot, scope));
        continue;
      }
      Live& content = *live.children[at];
      if (content.values[0].string() != slot.name) {
        RemoveHosts(content, live.host);
        live.children[at] = CreateContent(live, node, slot, scope);
        continue;
      }
      const Value old_values = std::exchange(content.values[1], slot.values);
      Scope inner = scope;
      inner.slot_values = &content.values[1];
      inner.old_slot_values = &old_values;
      if (!old_values.DeepEquals(slot.values)) {
        // Under which names the content knows them is not known here.
        inner.changed = ~uint64_t{0};
      }
      Cursor above{&cursor, &live, at, live.host, &kUndefinedValue, nullptr};
      UpdateChildren(content, inner, &above, live.host, &kUndefinedValue,
                     &content);
    }
  }

  void UpdateElement(Live& live, const NodeRecord& node,
                     const Scope& outer_scope, const Cursor& cursor) {
    const SlotFrames frames(*this, node, outer_scope);
    const Scope& scope = frames.scope();
    if (cursor.content != nullptr &&
        UpdateContentElement(live, node, scope, cursor)) {
      return;
    }
    if (live.host == HostNode::kNone) {
      return;
    }
    std::vector<Attr> changed;
    size_t slot = 0;
    for (const AttrRecord& record :
         program_.attrs().subspan(node.first_attr, node.attr_count)) {
      if (record.value_kind != ValueKind::kExpression) {
        continue;
      }
      Value& last = live.values[slot++];
      bool differs = false;
      if (expressions_.IsAffected(record.value, scope)) {
        Value now = expressions_.Evaluate(record.value, scope);
        differs = !now.SameAs(last) ||
                  (IsProperty(record.kind) && host_.TakesSame(live.host));
        last = std::move(now);
      }
      Attr attr;
      if (record.kind == AttrKind::kModel) {
        Value& path = live.values[slot++];
        attr.model_path = expressions_.EvaluatePath(record.value, scope);
        differs = differs || !attr.model_path.DeepEquals(path);
        path = attr.model_path;
      }
      if (differs) {
        attr.kind = record.kind;
        attr.flags = record.flags;
        attr.name = program_.String(record.name);
        attr.value = last;
        changed.push_back(std::move(attr));
      }
    }
    if (!changed.empty()) {
      host_.SetAttrs(live.host, changed);
    }
    if (refreshing_ && live.has_dynamic &&
        live.is_dynamic != host_.DynamicSlots(live.host).has_value()) {
      // Another component stands there now.
      RemoveChildren(live, live.host);
      CreateElementContent(live, node, scope);
    } else if (live.is_dynamic) {
      UpdateContents(live, node, scope, cursor);
    } else {
      UpdateChildren(live, scope, &cursor, live.host, &kUndefinedValue);
    }
  }

  static bool IsProperty(AttrKind kind) {
    return kind == AttrKind::kPlain || kind == AttrKind::kModel;
  }

  void UpdateText(Live& live, const NodeRecord& node, const Scope& scope) {
    if (live.host == HostNode::kNone ||
        !expressions_.IsAffected(node.value, scope)) {
      return;
    }
    Value text = expressions_.Evaluate(node.value, scope);
    if (!text.IsString()) {
      text = Value::String(text.IsUndefined() ? "" : text.ToDisplayString());
    }
    if (!text.SameAs(live.values[0])) {
      live.values[0] = std::move(text);
      host_.SetText(live.host, live.values[0].string());
    }
  }

  void UpdateBlock(Live& live, const NodeRecord& node, const Scope& scope,
                   const Cursor& cursor) {
    const Value* slot = cursor.slot;
    Value own;
    if (!live.values.empty()) {
      if (node.value_kind == ValueKind::kExpression &&
          expressions_.IsAffected(node.value, scope)) {
        Value now = expressions_.Evaluate(node.value, scope);
        if (!now.SameAs(live.values[0])) {
          live.values[0] = std::move(now);
          if (cursor.content != nullptr) {
            // Its content may be for another slot now.
            live.values.clear();
            ReplaceChildren(live, cursor, [&](const Site& site) {
              CreateBlock(live, node, scope, site);
            });
            return;
          }
          ForEachTopHost(live, [&](HostNode host) {
            host_.SetInheritedSlot(host, live.values[0]);
          });
        }
      }
      own = live.values[0];
      slot = &own;
    }
    UpdateChildren(live, scope, &cursor, cursor.parent, slot, cursor.content);
  }

  void UpdateIf(Live& live, const NodeRecord& node, const Scope& scope,
                const Cursor& cursor) {
    // Only the conditions up to the one that held can change the choice.
    bool affected = false;
    for (uint32_t branch = live.node + 1; branch < node.end;
         branch = Node(branch).end) {
      const NodeRecord& record = Node(branch);
      affected = affected || (record.value_kind == ValueKind::kExpression &&
                              expressions_.IsAffected(record.value, scope));
      if (branch == live.target) {
        break;
      }
    }
    if (affected) {
      uint32_t now = ChooseBranch(node, live.node, scope);
      if (now != live.target) {
        live.target = now;
        ReplaceChildren(live, cursor, [&](const Site& site) {
          CreateBranch(live, scope, site);
        });
        return;
      }
    }
    UpdateChildren(live, scope, &cursor, cursor.parent, cursor.slot,
                   cursor.content);
  }

  // `old_item`: where the old list is at hand; it knows what was written.
  void UpdateIteration(Live& live, const NodeRecord& node, Iteration now,
                       const Scope& scope, const Cursor& cursor,
                       std::optional<Value> known_old_item = std::nullopt) {
    Value old_item = std::exchange(live.values[0], std::move(now.item));
    if (known_old_item) {
      old_item = *std::move(known_old_item);
    }
    Value old_index = std::exchange(live.values[1], std::move(now.index));
    Frame frame = FrameOf(node, live.node, scope);
    frame.item = &live.values[0];
    frame.index = &live.values[1];
    frame.old_item = &old_item;
    frame.old_index = &old_index;
    Scope inner = scope;
    inner.frames = &frame;
    if (!old_item.SameAs(live.values[0])) {
      inner.changed |= Program::NameBit(node.name);
    }
    if (!old_index.SameAs(live.values[1])) {
      inner.changed |= Program::NameBit(node.extra);
    }
    if (inner.changed != 0 || (refreshing_ && live.has_dynamic)) {
      UpdateChildren(live, inner, &cursor, cursor.parent, cursor.slot,
                     cursor.content);
    }
  }

  static bool IsKeyed(const NodeRecord& node) {
    return node.key != kNoId || (node.flags & kForKeyIsItem) != 0;
  }

  // An array with the iterations it had, in their places, as a write by path
  // into a list leaves it: nothing has to be matched, and an item that is the
  // same node needs no look unless its content reads something else that
  // changed. False, with nothing done, where the iterations differ.
  bool UpdateInPlace(Live& live, const NodeRecord& node, const Value& list,
                     const Scope& scope, Cursor& cursor,
                     const ListBefore& before) {
    if (!list.IsArray() || list.array().items.size() != live.children.size()) {
      return false;
    }
    const std::vector<Value>& items = list.array().items;
    const bool keyed = IsKeyed(node);
    for (size_t i = 0; keyed && i < items.size(); ++i) {
      const Live& child = *live.children[i];
      if (!items[i].SameAs(child.values[0]) &&
          !KeyOf(node, items[i]).SameAs(child.values[2])) {
        return false;
      }
    }
    uint64_t read = 0;
    for (uint32_t at = live.node + 1; at < node.end;
         at = program_.nodes()[at].end) {
      read |= program_.NamesReadBelow(at);
    }
    for (size_t i = 0; i < items.size(); ++i) {
      Live& child = *live.children[i];
      std::optional<Value> old_item = before.Item(i);
      if ((scope.changed & read) != 0 || !items[i].SameAs(child.values[0]) ||
          (old_item && !items[i].SameAs(*old_item)) ||
          (refreshing_ && child.has_dynamic)) {
        cursor.index = i;
        UpdateIteration(child, node, {items[i], child.values[1]}, scope, cursor,
                        std::move(old_item));
        live.has_dynamic |= child.has_dynamic;
      }
    }
    return true;
  }

  void UpdateLoop(Live& live, const NodeRecord& node, const Scope& scope,
                  const Cursor& cursor) {
    Cursor inner{&cursor, &live, 0, cursor.parent, cursor.slot, cursor.content};
    if (node.value_kind != ValueKind::kExpression ||
        !expressions_.IsAffected(node.value, scope)) {
      for (size_t i = 0; i < live.children.size(); ++i) {
        inner.index = i;
        Live& child = *live.children[i];
        UpdateIteration(child, node, {child.values[0], child.values[1]}, scope,
                        inner);
        live.has_dynamic |= child.has_dynamic;
      }
      return;
    }
    const Value list = expressions_.Evaluate(node.value, scope);
    const ListBefore before{expressions_.IsTouched(node.value, scope),
                            expressions_.Before(node.value, scope)};
    if (UpdateInPlace(live, node, list, scope, inner, before)) {
      return;
    }
    std::vector<Iteration> now = Iterate(list, node, scope);
    if (IsKeyed(node)) {
      UpdateKeyed(live, node, std::move(now), scope, inner, before);
    } else {
      UpdateUnkeyed(live, node, std::move(now), scope, inner, before);
    }
    ReportDuplicateKeys(live, node, scope);
  }

  // Without keys an iteration is what it was by its place.
  void UpdateUnkeyed(Live& live, const NodeRecord& node,
                     std::vector<Iteration> now, const Scope& scope,
                     Cursor& inner, const ListBefore& before) {
    size_t i = 0;
    for (; i < now.size() && i < live.children.size(); ++i) {
      inner.index = i;
      UpdateIteration(*live.children[i], node, std::move(now[i]), scope, inner,
                      before.Item(i));
      live.has_dynamic |= live.children[i]->has_dynamic;
    }
    if (i < live.children.size()) {
      std::vector<LivePtr> gone;
      std::move(live.children.begin() + static_cast<ptrdiff_t>(i),
                live.children.end(), std::back_inserter(gone));
      live.children.resize(i);
      for (const LivePtr& child : gone) {
        RemoveHosts(*child, inner.parent);
      }
      return;
    }
    inner.index = i - 1;
    std::vector<HostNode> held;
    Site site = SiteAfter(inner);
    site.held = &held;
    for (; i < now.size(); ++i) {
      live.children.push_back(
          CreateIteration(live.node, node, std::move(now[i]), scope, site));
      live.children.back()->away = true;
      live.has_dynamic |= live.children.back()->has_dynamic;
    }
    InsertHeld(site, held);
    for (const LivePtr& child : live.children) {
      child->away = false;
    }
  }

  // In the order that glass-easel does it in (range_list_diff.ts), which
  // lifetimes and observers show: what is new is made; then, from one iteration
  // that stays in its place to the next, the old ones between them go, and the
  // new and moved ones come.
  void UpdateKeyed(Live& live, const NodeRecord& node,
                   std::vector<Iteration> now, const Scope& scope,
                   Cursor& inner, const ListBefore& before) {
    std::vector<LivePtr> old = std::move(live.children);
    const std::vector<uint32_t> origin = MatchKeys(
        old.size(), [&](size_t i) { return old[i]->values[2]; }, now.size(),
        [&](size_t i) { return KeyOf(node, now[i].item); });
    const std::vector<bool> stays = LongestIncreasing(origin);
    live.children.clear();
    live.children.resize(now.size());
    for (size_t i = 0; i < now.size(); ++i) {
      if (origin[i] != kNoId) {
        live.children[i] = std::move(old[origin[i]]);
        live.children[i]->values[2] = KeyOf(node, now[i].item);
        live.children[i]->away = !stays[i];
      }
    }
    // Host nodes of the new ones, and where those of each end.
    std::vector<HostNode> held;
    std::vector<size_t> ends;
    const Site making{inner.parent, HostNode::kNone, inner.slot, inner.content,
                      &held};
    for (size_t i = 0; i < now.size(); ++i) {
      if (origin[i] == kNoId) {
        live.children[i] =
            CreateIteration(live.node, node, std::move(now[i]), scope, making);
        live.children[i]->away = true;
        ends.push_back(held.size());
      }
      live.has_dynamic |= live.children[i]->has_dynamic;
    }

    const auto update = [&](size_t i) {
      inner.index = i;
      UpdateIteration(*live.children[i], node, std::move(now[i]), scope, inner,
                      before.Item(origin[i]));
      live.has_dynamic |= live.children[i]->has_dynamic;
    };
    size_t at = 0;
    size_t old_at = 0;
    size_t next_end = 0;
    size_t next_held = 0;
    while (at < now.size() || old_at < old.size()) {
      size_t stable = at;
      while (stable < now.size() && !stays[stable]) {
        ++stable;
      }
      const size_t old_stable =
          stable < now.size() ? origin[stable] : old.size();
      for (; old_at < old_stable; ++old_at) {
        if (old[old_at] != nullptr) {
          RemoveHosts(*old[old_at], inner.parent);
        }
      }
      for (; at < stable; ++at) {
        inner.index = at;
        const HostNode next = NextHost(inner);
        Live& child = *live.children[at];
        if (origin[at] == kNoId) {
          const size_t end = ends[next_end++];
          for (; next_held < end; ++next_held) {
            host_.Insert(inner.parent, held[next_held], next);
          }
          child.away = false;
        } else {
          ForEachTopHost(child, [&](HostNode host) {
            host_.Move(inner.parent, host, next);
          });
          child.away = false;
          update(at);
        }
      }
      if (stable < now.size()) {
        update(stable);
      }
      at = stable + 1;
      old_at = old_stable + 1;
    }
  }

  void UpdateTemplate(Live& live, const NodeRecord& node, const Scope& scope,
                      const Cursor& cursor) {
    if (live.values.size() < 2) {
      return;
    }
    Value old_data = live.values[1];
    if (node.extra != kNoId && expressions_.IsAffected(node.extra, scope)) {
      live.values[1] = TemplateData(node, scope);
    }
    if (node.value_kind == ValueKind::kExpression &&
        expressions_.IsAffected(node.value, scope)) {
      Value name = expressions_.Evaluate(node.value, scope);
      if (!name.SameAs(live.values[0])) {
        live.values[0] = std::move(name);
        ReplaceChildren(live, cursor, [&](const Site& site) {
          FillTemplate(live, node, scope, site);
        });
        return;
      }
    }
    if (live.target == kNoId) {
      return;
    }
    Scope inner;
    inner.data = &live.values[1];
    inner.old_data = &old_data;
    inner.unit = inner.module_unit = live.unit;
    inner.is_template = true;
    inner.slot_values = scope.slot_values;
    inner.old_slot_values = scope.old_slot_values;
    inner.changed = ChangedNames(old_data, live.values[1]);
    if (inner.slot_values != nullptr && inner.old_slot_values != nullptr &&
        !inner.slot_values->DeepEquals(*inner.old_slot_values)) {
      inner.changed = ~uint64_t{0};
    }
    if (inner.changed != 0 || (refreshing_ && live.has_dynamic)) {
      ++template_depth_;
      UpdateChildren(live, inner, &cursor, cursor.parent, cursor.slot,
                     cursor.content);
      --template_depth_;
    }
  }

  void UpdateInclude(Live& live, const Scope& scope, const Cursor& cursor) {
    if (live.target == kNoId) {
      return;
    }
    IncludeChain chain{scope.includes, live.target};
    Scope inner = scope;
    inner.unit = live.target;
    inner.includes = &chain;
    UpdateChildren(live, inner, &cursor, cursor.parent, cursor.slot,
                   cursor.content);
  }

  const Program& program_;
  const uint32_t unit_;
  TreeHost& host_;
  ExpressionEvaluator expressions_;
  Live root_;
  Value data_;
  std::optional<Value> pending_;
  // Of what is pending.
  std::vector<Value> touched_;
  // RefreshSlots was asked for; this update looks at every dynamic element.
  bool refresh_ = false;
  bool refreshing_ = false;
  bool rendered_ = false;
  bool busy_ = false;
  size_t made_ = 0;
  int depth_ = 0;
  int template_depth_ = 0;
};

Instance::Instance(const Program& program, UnitId unit, TreeHost& host,
                   ScriptHost* scripts)
    : evaluator_(std::make_unique<Evaluator>(program, unit, host, scripts)) {}

Instance::~Instance() = default;

void Instance::RenderMayRunScript(HostNode root, Value data) {
  evaluator_->Render(root, std::move(data));
}

void Instance::UpdateMayRunScript(Value data, std::vector<Value> touched) {
  evaluator_->Update(std::move(data), std::move(touched));
}

void Instance::RefreshSlotsMayRunScript() {
  evaluator_->RefreshSlots();
}

void Instance::VisitValues(
    const std::function<void(const Value&)>& visit) const {
  evaluator_->VisitValues(visit);
}

Instance::Counters Instance::counters() const {
  return {evaluator_->evaluations()};
}

}  // namespace fcc::tmpl
