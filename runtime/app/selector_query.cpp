// SPDX-License-Identifier: Apache-2.0
//
// A query is a list of questions; exec() answers them all, after the task that
// is running, in one array and one by one.

#include "runtime/app/selector_query.h"

#include <memory>
#include <optional>

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/page.h"
#include "runtime/app/selector.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;
using value::Value;

namespace {

enum class Scope : uint8_t { kOne, kAll, kViewport };

struct Fields {
  bool id = false;
  bool dataset = false;
  bool mark = false;
  bool rect = false;
  bool size = false;
  bool scroll_offset = false;
  bool context = false;
  bool node = false;
  std::vector<std::string> properties;
  std::vector<std::string> computed_style;
};

struct Question {
  Scope scope = Scope::kOne;
  std::string selector;
  uint32_t component = 0;
  Fields fields;
  Handle callback;
};

// What one query object and its NodesRefs share; kept alive by the functions
// of whichever of them the script still holds.
struct Query {
  AppState& app;
  uint32_t component = 0;
  std::vector<Question> questions;
};

// Where a NodesRef keeps its query, as on the platform. Not in `Query`: an
// object that its own methods hold would never be collected.
constexpr std::string_view kQueryMember = "_selectorQuery";

Handle Answer(AppState& app, Page& page, const Node& node,
              const Fields& fields) {
  script::Heap& heap = app.heap();
  const Handle answer = heap.NewObject();
  const auto define = [&](std::string_view name, const Handle& value) {
    static_cast<void>(heap.Define(answer, name, value));
  };
  const Rect box = app.host().BoxOf(page.id(), node.id).value_or(Rect());
  if (fields.id) {
    define("id", heap.String(node.html_id));
  }
  if (fields.dataset) {
    define("dataset", node.dataset.IsObject() ? heap.FromValue(node.dataset)
                                              : heap.NewObject());
  }
  if (fields.mark) {
    define("mark", node.marks.IsObject() ? heap.FromValue(node.marks)
                                         : heap.NewObject());
  }
  if (fields.rect) {
    define("left", heap.Number(box.left));
    define("top", heap.Number(box.top));
    define("right", heap.Number(box.left + box.width));
    define("bottom", heap.Number(box.top + box.height));
  }
  if (fields.size) {
    define("width", heap.Number(box.width));
    define("height", heap.Number(box.height));
  }
  if (fields.scroll_offset) {
    const auto number = [&](std::string_view name) {
      const Value value = node.Current(name);
      return heap.Number(value.IsNullish() ? 0 : value.ToNumber());
    };
    define("scrollLeft", number("scrollLeft"));
    define("scrollTop", number("scrollTop"));
    define("scrollWidth", heap.Number(box.width));
    define("scrollHeight", heap.Number(box.height));
  }
  for (const std::string& name : fields.properties) {
    const Value value =
        node.component != nullptr &&
                node.component->definition().FindProperty(name) != nullptr
            ? node.component->data().Get(name)
            : node.Current(name);
    define(name, heap.FromValue(value));
  }
  for (const std::string& name : fields.computed_style) {
    define(name, heap.String(""));
  }
  if (fields.context) {
    define("context", app.api().NodeContext(page, node));
  }
  if (fields.node) {
    define("node", app.api().NodeContext(page, node));
  }
  return answer;
}

Handle Viewport(AppState& app, Page& page, const Fields& fields) {
  script::Heap& heap = app.heap();
  const Handle answer = heap.NewObject();
  const auto number = [&](std::string_view name, double value) {
    static_cast<void>(heap.Define(answer, name, heap.Number(value)));
  };
  const Value window = app.api().WindowInfo();
  const double width = window.Get("windowWidth").ToNumber();
  const double height = window.Get("windowHeight").ToNumber();
  if (fields.id) {
    static_cast<void>(heap.Define(answer, "id", heap.String("")));
  }
  if (fields.dataset) {
    static_cast<void>(heap.Define(answer, "dataset", heap.NewObject()));
  }
  if (fields.rect) {
    number("left", 0);
    number("top", 0);
    number("right", width);
    number("bottom", height);
  }
  if (fields.size) {
    number("width", width);
    number("height", height);
  }
  if (fields.scroll_offset) {
    number("scrollLeft", 0);
    number("scrollTop", page.scroll_top);
    number("scrollWidth", width);
    number("scrollHeight", height);
  }
  return answer;
}

Handle AnswerQuestion(AppState& app, const Question& question) {
  script::Heap& heap = app.heap();
  Component* component = app.FindComponent(question.component);
  if (component == nullptr && question.component == 0) {
    Page* page = app.router().current();
    component = page == nullptr ? nullptr : page->component();
  }
  if (component == nullptr || component->shadow_root() == nullptr) {
    return question.scope == Scope::kAll ? heap.NewArray() : heap.Null();
  }
  Page& page = component->page();
  if (question.scope == Scope::kViewport) {
    return Viewport(app, page, question.fields);
  }
  const base::Result<Selector> selector = ParseSelector(question.selector);
  std::vector<Node*> nodes;
  if (selector) {
    nodes = SelectNodes(*component->shadow_root(), *selector,
                        question.scope == Scope::kOne ? 1 : 0);
  } else {
    app.logic().Warn(
        base::format("createSelectorQuery: {}", selector.error().message));
  }
  if (question.scope == Scope::kOne) {
    return nodes.empty() ? heap.Null()
                         : Answer(app, page, *nodes[0], question.fields);
  }
  const Handle list = heap.NewArray();
  for (const Node* node : nodes) {
    static_cast<void>(
        heap.Push(list, Answer(app, page, *node, question.fields)));
  }
  return list;
}

void Exec(const std::shared_ptr<Query>& query, const Handle& callback) {
  AppState& app = query->app;
  app.logic().AfterRender(
      [query, callback, &app, questions = query->questions] {
        const Handle answers = app.heap().NewArray();
        std::vector<Handle> each;
        for (const Question& question : questions) {
          each.push_back(AnswerQuestion(app, question));
          static_cast<void>(app.heap().Push(answers, each.back()));
        }
        for (size_t i = 0; i < questions.size(); ++i) {
          if (app.logic().IsFunction(questions[i].callback)) {
            app.logic().CallMayRunScript(questions[i].callback,
                                         app.heap().Undefined(), {each[i]},
                                         "selector query");
          }
        }
        if (app.logic().IsFunction(callback)) {
          app.logic().CallMayRunScript(callback, app.heap().Undefined(),
                                       {answers}, "selector query");
        }
      });
}

Result<Fields> ReadFields(script::Heap& heap, const Handle& from) {
  Fields fields;
  if (!from.IsObject()) {
    return fields;
  }
  const std::pair<std::string_view, bool Fields::*> kFlags[] = {
      {"id", &Fields::id},           {"dataset", &Fields::dataset},
      {"mark", &Fields::mark},       {"rect", &Fields::rect},
      {"size", &Fields::size},       {"scrollOffset", &Fields::scroll_offset},
      {"context", &Fields::context}, {"node", &Fields::node},
  };
  for (const auto& [name, flag] : kFlags) {
    FCC_TRY_ASSIGN(const Handle value, heap.Get(from, name));
    fields.*flag = heap.ToBoolean(value);
  }
  const std::pair<std::string_view, std::vector<std::string> Fields::*>
      kLists[] = {{"properties", &Fields::properties},
                  {"computedStyle", &Fields::computed_style}};
  for (const auto& [name, list] : kLists) {
    FCC_TRY_ASSIGN(const Handle value, heap.Get(from, name));
    if (value.IsArray()) {
      FCC_TRY_ASSIGN(const uint32_t count, heap.Length(value));
      for (uint32_t i = 0; i < count; ++i) {
        FCC_TRY_ASSIGN(const Handle item, heap.Get(value, i));
        (fields.*list).push_back(heap.AsString(item));
      }
    }
  }
  return fields;
}

// A NodesRef: each of its methods adds a question and gives the query back.
Handle NewNodesRef(const std::shared_ptr<Query>& query, const Handle& object,
                   Scope scope, std::string selector) {
  script::Heap& heap = query->app.heap();
  const Handle ref = heap.NewObject();
  Question asked;
  asked.scope = scope;
  asked.selector = std::move(selector);
  asked.component = query->component;
  const auto define = [&](std::string_view name, Fields fields) {
    static_cast<void>(heap.DefineMethod(
        ref, name, 1,
        [query, asked, fields](const CallInfo& call) -> Result<Handle> {
          Question question = asked;
          question.fields = fields;
          question.callback = call.argument(0);
          query->questions.push_back(std::move(question));
          return call.heap().Get(call.this_value(), kQueryMember);
        }));
  };
  Fields rect;
  rect.id = rect.dataset = rect.rect = rect.size = true;
  Fields scroll;
  scroll.id = scroll.dataset = scroll.scroll_offset = true;
  Fields context;
  context.context = true;
  Fields node;
  node.node = true;
  define("boundingClientRect", rect);
  define("scrollOffset", scroll);
  define("context", context);
  define("node", node);
  define("ref", node);
  static_cast<void>(heap.DefineMethod(
      ref, "fields", 2, [query, asked](const CallInfo& call) -> Result<Handle> {
        Question question = asked;
        FCC_TRY_ASSIGN(question.fields,
                       ReadFields(call.heap(), call.argument(0)));
        question.callback = call.argument(1);
        query->questions.push_back(std::move(question));
        return call.heap().Get(call.this_value(), kQueryMember);
      }));
  static_cast<void>(
      heap.Define(ref, kQueryMember, object, {true, false, true}));
  return ref;
}

}  // namespace

Handle NewSelectorQuery(AppState& app, uint32_t component) {
  script::Heap& heap = app.heap();
  auto query = std::make_shared<Query>(Query{app, component, {}});
  const Handle object = heap.NewObject();
  // The query must not keep its own object alive; methods use `this`.
  const auto define =
      [&](std::string_view name, int length,
          std::function<Result<Handle>(const CallInfo&)> action) {
        static_cast<void>(
            heap.DefineMethod(object, name, length, std::move(action)));
      };
  const auto selecting = [query](Scope scope) {
    return [query, scope](const CallInfo& call) -> Result<Handle> {
      FCC_TRY_ASSIGN(std::string selector,
                     call.heap().ToString(call.argument(0)));
      return NewNodesRef(query, call.this_value(), scope, std::move(selector));
    };
  };
  define("select", 1, selecting(Scope::kOne));
  define("selectAll", 1, selecting(Scope::kAll));
  define("selectViewport", 0, selecting(Scope::kViewport));
  define("in", 1, [query](const CallInfo& call) -> Result<Handle> {
    if (Component* inside = query->app.ComponentOf(call.argument(0))) {
      query->component = inside->id();
    } else if (call.argument(0).IsObject()) {
      query->component = kNoComponent;
    }
    return call.this_value();
  });
  define("exec", 1, [query](const CallInfo& call) -> Result<Handle> {
    Exec(query, call.argument(0));
    query->questions.clear();
    return call.this_value();
  });
  return object;
}

Handle NewIntersectionObserver(AppState& app) {
  script::Heap& heap = app.heap();
  const Handle object = heap.NewObject();
  for (const std::string_view name : {"relativeTo", "relativeToViewport",
                                      "observe", "disconnect", "unobserve"}) {
    static_cast<void>(heap.DefineMethod(
        object, name, 1, [](const CallInfo& call) -> Result<Handle> {
          return call.this_value();
        }));
  }
  return object;
}

}  // namespace fcc::app
