// SPDX-License-Identifier: Apache-2.0
//
// Any text as a template: compiled, linked, verified (which must succeed,
// whatever the text), rendered, updated, printed.

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/fxml/fxml.h"
#include "runtime/base/check.h"
#include "runtime/template/instance.h"
#include "runtime/template/tree_mirror.h"
#include "runtime/value/value_json.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  fxml::Unit unit = fxml::CompileFxml(
      sources.Add("a.wxml",
                  std::string(reinterpret_cast<const char*>(data), size)),
      {}, sink);
  const fxml::Unit* units[] = {&unit};
  auto program = tmpl::Program::Load(fxml::LinkTemplates(units, {}, sink));
  FCC_CHECK(program.ok());
  auto json = [](std::string_view text) {
    return value::FromJson(*base::ParseJson(text).root);
  };
  tmpl::TreeMirror mirror;
  tmpl::Instance instance(**program, (*program)->FindUnit("a.wxml"), mirror,
                          nullptr);
  instance.RenderMayRunScript(
      mirror.root(), json(R"({"a":1,"b":"x","l":[1,{"k":2}],"o":{"p":0}})"));
  instance.UpdateMayRunScript(
      json(R"({"a":0,"b":"y","l":[{"k":2},3,1],"o":{"p":[1]}})"));
  fxml::PrintGfc(units, {}, {});
  return 0;
}
