// SPDX-License-Identifier: Apache-2.0
//
// Spec: finclip-package.md, "JS".

#include "runtime/app/module_loader.h"

#include "runtime/app/app_state.h"
#include "runtime/base/file_system.h"
#include "runtime/base/format.h"
#include "runtime/base/plugin_path.h"

namespace fcc::app {

using script::CallInfo;
using script::Handle;
using script::Result;

std::string ModuleLoader::Resolve(std::string_view folder,
                                  std::string_view name) const {
  const auto try_path = [this](const std::string& path) -> std::string {
    const std::string candidates[] = {
        path,
        base::format("{}.js", path),
        base::format("{}/index.js", path),
        base::format("{}/{}.js", path, base::BaseName(path)),
    };
    for (const std::string& candidate : candidates) {
      if (modules_.contains(candidate)) {
        return candidate;
      }
    }
    return {};
  };
  if (name.starts_with("/")) {
    return try_path(base::FromRootOf(folder, name));
  }
  const std::string_view plugin = base::PluginRootOf(folder);
  const std::string beside = base::JoinPath(folder, name);
  if (base::PluginRootOf(beside) != plugin) {
    return {};
  }
  if (std::string found = try_path(beside); !found.empty()) {
    return found;
  }
  if (name.starts_with("..")) {
    return {};
  }
  // An npm package, from the nearest miniprogram_npm upwards; `./name` may mean
  // one, too.
  for (std::string_view at = folder;; at = base::DirectoryOf(at)) {
    if (std::string found = try_path(base::NormalizePath(
            base::JoinPath(at, base::format("miniprogram_npm/{}", name))));
        !found.empty()) {
      return found;
    }
    if (at == plugin) {
      break;
    }
  }
  if (name.starts_with(".")) {
    return {};
  }
  // What the compiler adds stands once for all.
  return try_path(name.starts_with("@fcc/") ? base::NormalizePath(name)
                                            : base::FromRootOf(folder, name));
}

Handle ModuleLoader::RequireFunction(const std::string& folder) {
  script::Heap& heap = app_.heap();
  const Handle require = heap.NewFunction(
      "require", 1, [this, folder](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string name,
                       call.heap().ToString(call.argument(0)));
        // require(path, success, failure) reaches into other packages.
        if (!call.argument(1).IsFunction()) {
          return RequireMayRunScript(folder, name);
        }
        const Result<Handle> exports = RequireMayRunScript(folder, name);
        if (exports) {
          app_.logic().CallMayRunScript(call.argument(1),
                                        call.heap().Undefined(), {*exports},
                                        "require callback");
        } else if (call.argument(2).IsFunction()) {
          app_.logic().CallMayRunScript(
              call.argument(2), call.heap().Undefined(),
              {call.heap().NewError(script::ErrorType::kError,
                                    exports.error().message)},
              "require callback");
        }
        return Handle();
      });
  static_cast<void>(heap.DefineMethod(
      require, "async", 1, [this, folder](const CallInfo& call) {
        return [&]() -> Result<Handle> {
          const script::Heap::PromiseParts parts = call.heap().NewPromise();
          FCC_TRY_ASSIGN(const std::string name,
                         call.heap().ToString(call.argument(0)));
          const Result<Handle> exports = RequireMayRunScript(folder, name);
          if (exports) {
            FCC_TRY(call.heap().Call(parts.resolve, call.heap().Undefined(),
                                     {*exports}));
          } else {
            FCC_TRY(call.heap().Call(
                parts.reject, call.heap().Undefined(),
                {call.heap().NewError(script::ErrorType::kError,
                                      exports.error().message)}));
          }
          return parts.promise;
        }();
      }));
  return require;
}

Result<Handle> ModuleLoader::RequireMayRunScript(std::string_view folder,
                                                 std::string_view name) {
  std::string path = Resolve(folder, name);
  if (path.empty()) {
    // In a package that has not been loaded yet?
    const std::string wanted = name.starts_with("/")
                                   ? base::FromRootOf(folder, name)
                                   : base::JoinPath(folder, name);
    for (const package::PackageEntry& entry : app_.config().packages) {
      if (!entry.root.empty() && entry.root != "." &&
          wanted.starts_with(entry.root + "/") && !HasRun(entry.name)) {
        FCC_TRY(RunPackageMayRunScript(entry.name));
        path = Resolve(folder, name);
      }
    }
  }
  if (path.empty()) {
    return script::Throw(
        script::ErrorType::kError,
        base::format("module '{}' is not defined, require args is '{}'",
                     base::NormalizePath(base::JoinPath(folder, name)), name));
  }
  return RunModuleMayRunScript(path);
}

Result<Handle> ModuleLoader::RunModuleMayRunScript(const std::string& path) {
  script::Heap& heap = app_.heap();
  Module& module = modules_[path];
  if (!module.object.empty()) {
    return heap.Get(module.object, "exports");
  }
  const Handle object = heap.NewObject();
  const Handle exports = heap.NewObject();
  FCC_TRY(heap.Define(object, "exports", exports));
  // Before it runs, so that cycles see what is there already.
  module.object = object;
  const Handle factory = module.factory;
  const Handle window = heap.Undefined();
  std::vector<Handle> arguments = {
      RequireFunction(std::string(base::DirectoryOf(path))), object, exports,
      window};
  if (!base::PluginRootOf(path).empty()) {
    arguments.push_back(app_.api().object());
    arguments.push_back(
        heap.NewFunction("requireMiniProgram", 0,
                         [this, path](const CallInfo&) -> Result<Handle> {
                           return app_.plugins().ExportsOfApp(path);
                         }));
  }
  Result<Handle> result = heap.Call(factory, heap.Undefined(), arguments);
  if (!result) {
    return result;
  }
  return heap.Get(object, "exports");
}

std::string ModuleLoader::CurrentRoute() {
  const Handle route = app_.logic().Get(app_.heap().Global(), "__wxRoute");
  return route.IsString() ? app_.heap().AsString(route) : std::string();
}

void ModuleLoader::DefineGlobals() {
  script::Heap& heap = app_.heap();
  const Handle global = heap.Global();
  static_cast<void>(heap.DefineMethod(
      global, "define", 2, [this](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string path,
                       call.heap().ToString(call.argument(0)));
        if (call.argument(1).IsFunction()) {
          modules_.try_emplace(path, Module{call.argument(1), {}});
        }
        return Handle();
      }));
  // The one that the package's own script calls, module by module.
  static_cast<void>(heap.DefineMethod(
      global, "require", 1, [this](const CallInfo& call) -> Result<Handle> {
        FCC_TRY_ASSIGN(const std::string name,
                       call.heap().ToString(call.argument(0)));
        // By its full name, so those of plugins, too.
        Result<Handle> exports = modules_.contains(name)
                                     ? RunModuleMayRunScript(name)
                                     : RequireMayRunScript("", name);
        if (!exports) {
          app_.logic().Report(exports.error(), base::format("module {}", name));
          return Handle();
        }
        return exports;
      }));
  const auto define = [&](std::string_view name, const Handle& value) {
    static_cast<void>(heap.Define(global, name, value, script::kHidden));
  };
  define("global", global);
  define("window", global);
  define("__wxConfig__", heap.FromValue(app_.config().config));
  define("__wxConfig", heap.FromValue(app_.config().config));
  define("__wxRoute", heap.String(""));
  define("__wxRouteBegin", heap.Boolean(false));
  define("__wxAppCode__", heap.NewObject());
  define("isServiceReady", heap.Boolean(true));
  const Handle bridge = heap.NewObject();
  static_cast<void>(heap.DefineMethod(
      bridge, "publish", 3,
      [](const CallInfo&) -> Result<Handle> { return Handle(); }));
  define("ServiceJSBridge", bridge);
}

base::Status ModuleLoader::OpenPackage(std::string_view name) {
  FCC_TRY(app_.bundle().Load(name));
  opened_.insert(std::string(name));
  return {};
}

base::Status ModuleLoader::RunPackageMayRunScript(std::string_view name) {
  if (HasRun(name)) {
    return {};
  }
  packages_.insert(std::string(name));
  FCC_TRY_ASSIGN(package::Package * package, app_.bundle().Load(name));
  if (package->manifest().script.empty()) {
    return {};
  }
  FCC_TRY_ASSIGN(const std::string script, package->ReadScript());
  app_.logic().AddPackageScript(package->manifest().script);
  const Logic::Task task(app_.logic());
  const Result<Handle> result =
      app_.heap().Evaluate(script, package->manifest().script);
  if (!result) {
    app_.logic().Report(result.error(),
                        base::format("script of package {}", name));
  }
  return {};
}

}  // namespace fcc::app
