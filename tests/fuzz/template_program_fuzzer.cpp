// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a template program: the verifier refuses them, or the evaluator
// runs every unit of them to the end.

#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/base/json.h"
#include "runtime/template/instance.h"
#include "runtime/template/tree_mirror.h"
#include "runtime/value/value_json.h"

using namespace fcc;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto program = tmpl::Program::Load(
      std::string(reinterpret_cast<const char*>(data), size));
  if (!program.ok()) {
    return 0;
  }
  auto json = [](std::string_view text) {
    return value::FromJson(*base::ParseJson(text).root);
  };
  for (size_t i = 0; i < (*program)->units().size() && i < 4; ++i) {
    tmpl::TreeMirror mirror;
    tmpl::Instance instance(**program, static_cast<tmpl::UnitId>(i), mirror,
                            nullptr);
    instance.RenderMayRunScript(
        mirror.root(), json(R"({"a":1,"b":"x","l":[1,{"k":2}],"o":{"p":0}})"));
    instance.UpdateMayRunScript(
        json(R"({"a":0,"b":"y","l":[{"k":2},3,1],"o":{"p":[1]}})"));
  }
  return 0;
}
