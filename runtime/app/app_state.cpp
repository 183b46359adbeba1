// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/app_state.h"

#include <utility>

#include "runtime/base/format.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;
using value::Value;

static LogicOptions LogicOptionsOf(const AppOptions& options) {
  LogicOptions logic;
  logic.heap_bytes = options.limits.heap_bytes;
  logic.script_ms = options.limits.script_ms;
  logic.code_cache = options.code_cache;
  return logic;
}

AppState::AppState(package::Bundle& bundle, HostServices& host,
                   const AppOptions& options)
    : bundle_(bundle),
      host_(host),
      options_(options),
      logic_(host, LogicOptionsOf(options)),
      prelude_(logic_, [this](std::string_view name) { api_.Count(name); }),
      component_api_(*this),
      definitions_(logic_, component_api_.base_prototype()),
      channels_(logic_),
      modules_(*this),
      plugins_(*this),
      api_(*this),
      router_(*this) {
  DefineGlobals();
  logic_.OnIdle([this] {
    router_.Collect();
    // As garbage collectors do: when there are twice as many as were wanted.
    constexpr size_t kFewFunctions = 256;
    if (heap().function_references() > 2 * wanted_functions_ + kFewFunctions) {
      ReleaseFunctions();
    }
  });
  logic_.OnError([this](const ErrorReport& error) {
    // What onError itself throws is reported, but not to onError again.
    if (std::exchange(in_error_hook_, true)) {
      return;
    }
    CallAppMayRunScript(
        "onError",
        heap().String(error.stack.empty() ? error.message : error.stack));
    in_error_hook_ = false;
  });
  logic_.OnRejection([this](const script::Exception& reason) {
    const Handle argument = heap().NewObject();
    static_cast<void>(heap().Define(argument, "reason",
                                    reason.thrown.empty()
                                        ? heap().String(reason.Summary())
                                        : reason.thrown));
    CallAppMayRunScript("onUnhandledRejection", argument);
  });
}

AppState::~AppState() {
  logic_.OnIdle({});
  logic_.OnError({});
  logic_.OnRejection({});
}

const tmpl::Program* AppState::ProgramOf(std::string_view name) {
  if (const auto found = programs_.find(name); found != programs_.end()) {
    return found->second.get();
  }
  std::unique_ptr<const tmpl::Program>& program = programs_[std::string(name)];
  const base::Result<package::Package*> package = bundle_.Load(name);
  if (!package || !(*package)->Has(package::kTemplatesName)) {
    return nullptr;
  }
  base::Result<std::string> bytes = (*package)->ReadTemplates();
  if (!bytes) {
    logic_.Misuse(bytes.error().message);
    return nullptr;
  }
  base::Result<std::unique_ptr<const tmpl::Program>> loaded =
      tmpl::Program::Load(std::move(bytes).value());
  if (!loaded) {
    logic_.Misuse(loaded.error().message);
    return nullptr;
  }
  program = std::move(loaded).value();
  return program.get();
}

static bool IsForeign(std::string_view path) {
  return path.find("://") != std::string_view::npos ||
         path.starts_with("weui-miniprogram/") ||
         path.starts_with("miniprogram-element/");
}

const package::ComponentEntry* AppState::ResolveTag(Component& owner,
                                                    std::string_view tag) {
  const package::ComponentEntry& entry = owner.entry();
  std::string path(entry.ComponentOf(tag));
  if (path.empty()) {
    for (const auto& [name, fallback] : entry.generics) {
      if (name != tag) {
        continue;
      }
      // What the tag of the component says it is, in the tree it stands in.
      for (const auto& [generic, actual] : owner.host()->generics) {
        if (generic == tag && owner.host()->owner != nullptr) {
          return ResolveTag(*owner.host()->owner, actual);
        }
      }
      path = fallback;
    }
  }
  if (path.empty()) {
    return nullptr;
  }
  if (path.starts_with("/")) {
    path.erase(0, 1);
  }
  const package::ComponentEntry* component = config().Find(path);
  // Of a plugin, or of a library that a platform brings along: as an API that
  // the host does not have.
  if (component == nullptr && IsForeign(path)) {
    static constexpr std::string_view kPlugin = "plugin://";
    const std::string name = base::format("<{}>", path);
    if (path.starts_with(kPlugin)) {
      const std::string_view rest =
          std::string_view(path).substr(kPlugin.size());
      plugins_.Miss(rest.substr(0, rest.find('/')), name);
    } else {
      api_.Count(name);
    }
    return nullptr;
  }
  if (component == nullptr && unknown_reported_.insert(path).second) {
    logic_.Misuse(
        base::format("component \"{}\" of <{}> in {} is not in the "
                     "package",
                     path, tag, entry.path));
  }
  return component;
}

const Definition& AppState::DefinitionOfMayRunScript(
    const package::ComponentEntry& entry) {
  if (const Definition* found = definitions_.Find(entry.path)) {
    return *found;
  }
  if (const base::Status status =
          modules_.RunPackageMayRunScript(entry.package);
      !status) {
    logic_.Misuse(status.error().message, entry.path);
  }
  if (const Definition* found = definitions_.Find(entry.path)) {
    return *found;
  }
  return definitions_.Empty(entry.path);
}

static void MarkFunctions(const Value& value, std::set<uint32_t>& ids) {
  switch (value.kind()) {
    case value::Kind::kFunction:
      ids.insert(value.function().id);
      break;
    case value::Kind::kArray:
      for (const Value& item : value.array().items) {
        MarkFunctions(item, ids);
      }
      break;
    case value::Kind::kObject:
      for (const value::Object::Member& member : value.object().members()) {
        MarkFunctions(member.value, ids);
      }
      break;
    case value::Kind::kUndefined:
    case value::Kind::kNull:
    case value::Kind::kBool:
    case value::Kind::kNumber:
    case value::Kind::kString:
    case value::Kind::kDate:
    case value::Kind::kBytes:
    case value::Kind::kRegExp:
      break;
  }
}

void AppState::ReleaseFunctions() {
  if (logic_.has_put_off()) {
    return;
  }
  std::set<uint32_t> wanted;
  const auto mark = [&wanted](const Value& value) {
    MarkFunctions(value, wanted);
  };
  definitions_.VisitValues(mark);
  for (const auto& [id, component] : components_) {
    component->VisitValues(mark);
  }
  for (const auto& [id, page] : router_.pages()) {
    page->tree().VisitValues(mark);
  }
  heap().ReleaseFunctionsUnless(
      [&wanted](uint32_t id) { return wanted.contains(id); });
  wanted_functions_ = heap().function_references();
}

void AppState::Register(Component& component) {
  components_[component.id()] = &component;
}

void AppState::Unregister(Component& component) {
  components_.erase(component.id());
}

Component* AppState::FindComponent(uint32_t id) const {
  const auto found = components_.find(id);
  return found == components_.end() ? nullptr : found->second;
}

Component* AppState::ComponentOf(const Handle& instance) {
  return component_api_.Of(instance);
}

bool AppState::IsIndependent(std::string_view package) const {
  const package::PackageEntry* entry = config().FindPackage(package);
  return entry != nullptr && entry->independent;
}

base::Status AppState::StartMayRunScript() {
  if (std::exchange(started_, true)) {
    return {};
  }
  FCC_TRY(modules_.RunPackageMayRunScript(
      config().packages.empty() ? package::kMainPackageName
                                : config().packages.front().name));
  // An app without App() has listeners.
  AnnounceLaunchMayRunScript();
  return {};
}

void AppState::AnnounceLaunchMayRunScript() {
  if (std::exchange(launched_, true)) {
    return;
  }
  const Handle argument = OptionsObject(launch_options);
  CallAppMayRunScript("onLaunch", argument);
  CallAppMayRunScript("onShow", argument);
}

Handle AppState::OptionsObject(const LaunchOptions& options) {
  return heap().FromValue(Value::ObjectOf({
      {"path", Value::String(options.path)},
      {"query", options.query.IsObject() ? options.query : Value::NewObject()},
      {"scene", Value::Number(options.scene)},
      {"referrerInfo", options.referrer_info.IsObject() ? options.referrer_info
                                                        : Value::NewObject()},
      {"shareTicket", Value::Undefined()},
      {"apiCategory", Value::String("default")},
  }));
}

void AppState::CallAppMayRunScript(std::string_view name,
                                   const Handle& argument) {
  if (!app_object_.empty()) {
    logic_.CallIfFunctionMayRunScript(app_object_, name, {argument},
                                      base::format("App {}", name));
  }
  // onShow of the app is onAppShow to listeners.
  std::string event(name.substr(2));
  if (event == "Show" || event == "Hide") {
    event = "App" + event;
  }
  api_.FireMayRunScript(event, std::span(&argument, 1));
}

void AppState::DefineGlobals() {
  const Handle global = heap().Global();
  modules_.DefineGlobals();
  api_.DefineGlobals();
  plugins_.DefineGlobals();
  const auto method =
      [&](std::string_view name,
          std::function<Result<Handle>(const CallInfo&)> action) {
        static_cast<void>(
            heap().DefineMethod(global, name, 1, std::move(action)));
      };
  method("App", [this](const CallInfo& call) -> Result<Handle> {
    if (app_object_.empty() || default_app_) {
      const Handle real =
          call.argument(0).IsObject() ? call.argument(0) : heap().NewObject();
      // What an independent package has put on the stand-in counts.
      if (std::exchange(default_app_, false)) {
        FCC_TRY_ASSIGN(const std::vector<std::string> names,
                       heap().Keys(app_object_));
        for (const std::string& name : names) {
          FCC_TRY_ASSIGN(const Handle value, heap().Get(app_object_, name));
          FCC_TRY(heap().Set(real, name, value));
        }
      }
      app_object_ = real;
      if (started_) {
        AnnounceLaunchMayRunScript();
      }
    }
    return Handle();
  });
  method("Page", [this](const CallInfo& call) -> Result<Handle> {
    FCC_TRY(definitions_.DefineMayRunScript(
        DefinitionKind::kPage, modules_.CurrentRoute(), call.argument(0)));
    return Handle();
  });
  method("Component", [this](const CallInfo& call) -> Result<Handle> {
    const std::string route = modules_.CurrentRoute();
    FCC_TRY(definitions_.DefineMayRunScript(DefinitionKind::kComponent, route,
                                            call.argument(0)));
    return heap().String(route);
  });
  method("Behavior", [this](const CallInfo& call) -> Result<Handle> {
    return definitions_.DefineBehaviorMayRunScript(call.argument(0));
  });
  method("getApp", [this](const CallInfo& call) -> Result<Handle> {
    if (app_object_.empty() && call.argument(0).IsObject()) {
      FCC_TRY_ASSIGN(const Handle allow,
                     heap().Get(call.argument(0), "allowDefault"));
      if (heap().ToBoolean(allow)) {
        app_object_ = heap().NewObject();
        default_app_ = true;
      }
    }
    return app_object_;
  });
  method("getCurrentPages", [this](const CallInfo&) -> Result<Handle> {
    const Handle list = heap().NewArray();
    for (const Page* page : router_.stack()) {
      FCC_TRY(heap().Push(list, page->component()->instance()));
    }
    return list;
  });
}

}  // namespace fcc::app
