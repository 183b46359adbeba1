// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/preload.h"

#include <utility>
#include <vector>

#include "runtime/app/app_state.h"
#include "runtime/base/format.h"

namespace fcc::app {

using value::Value;

static std::string_view WithoutSlashes(std::string_view path) {
  while (path.starts_with("/")) {
    path.remove_prefix(1);
  }
  while (path.ends_with("/")) {
    path.remove_suffix(1);
  }
  return path;
}

static const Value* RuleOf(const Value& rules, std::string_view page) {
  if (rules.IsObject()) {
    for (const value::Object::Member& member : rules.object().members()) {
      if (WithoutSlashes(member.name()) == page) {
        return &member.value;
      }
    }
  }
  return nullptr;
}

// Names of the packages that are not open yet; a rule may give their roots.
static std::vector<std::string> WantedOf(AppState& app, const Value& rule) {
  std::vector<std::string> names;
  const Value list = rule.Get("packages");
  if (!list.IsArray()) {
    return names;
  }
  for (const Value& item : list.array().items) {
    const std::string text = item.ToDisplayString();
    const std::string_view wanted = WithoutSlashes(text);
    for (const package::PackageEntry& entry : app.config().packages) {
      if ((entry.name == wanted || entry.root == wanted) &&
          !app.modules().IsHere(entry.name)) {
        names.push_back(entry.name);
        break;
      }
    }
  }
  return names;
}

static void Load(AppState& app, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (app.modules().IsHere(name)) {
      continue;
    }
    const base::Status status = app.modules().OpenPackage(name);
    if (!status) {
      app.logic().Warn(base::format("preloadRule: package \"{}\": {}", name,
                                    status.error().message));
    }
    app.host().OnPreload(name, status.ok());
  }
}

void PreloadPackages(AppState& app, const std::string& page) {
  const Value rules = app.config().config.Get("preloadRule");
  const Value* rule = RuleOf(rules, page);
  if (rule == nullptr) {
    return;
  }
  std::vector<std::string> names = WantedOf(app, *rule);
  if (names.empty()) {
    return;
  }
  const bool any_network = rule->Get("network").ToDisplayString() == "all";
  app.logic().Post(0, [&app, names = std::move(names), any_network] {
    if (any_network) {
      Load(app, names);
      return;
    }
    ApiCall call;
    call.name = "getNetworkType";
    call.arguments = {Value::NewObject()};
    app.host().CallApi(call, app.logic().Guard([&app, names](ApiResult answer) {
      if (answer.ok &&
          answer.value.Get("networkType").ToDisplayString() == "wifi") {
        Load(app, names);
      }
    }));
  });
}

}  // namespace fcc::app
