// SPDX-License-Identifier: Apache-2.0
//
// One living rendering of a unit: the first render builds the host's tree, an
// update touches only what the changed data reaches.
//
// What changed is found by identity, not told: values are copy-on-write, so a
// part of the data that was not written to is the same node before and after.
// An owner must therefore keep one Value and write into it (MutableObject()
// down the path), not build a fresh one each time. An expression is evaluated
// again only if one of the paths it reads differs; an attribute is set again
// only if its value does (objects: by identity).

#ifndef FCC_RUNTIME_TEMPLATE_INSTANCE_H_
#define FCC_RUNTIME_TEMPLATE_INSTANCE_H_

#include <functional>
#include <memory>
#include <vector>

#include "runtime/template/program.h"
#include "runtime/template/script_host.h"
#include "runtime/template/tree_host.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

class Instance {
 public:
  struct Counters {
    // Expressions evaluated since the instance was made.
    uint64_t evaluations = 0;
  };

  // All four must outlive the instance. `scripts` may be null: modules are then
  // undefined.
  Instance(const Program& program, UnitId unit, TreeHost& host,
           ScriptHost* scripts);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // Creates everything below `root`, a node of the host's (a shadow root).
  // Once, before any update. `data` is an object.
  void RenderMayRunScript(HostNode root, value::Value data);
  // Brings the tree to `data`. Called from inside a host call of the same
  // instance, it is queued and done before the outermost call returns.
  // `touched` are the places that were written, each an array of keys as
  // Attr::model_path; components are given what is there again, also when it is
  // the same (TreeHost::TakesSame).
  void UpdateMayRunScript(value::Value data,
                          std::vector<value::Value> touched = {});
  // Brings content to the slots that dynamic components below now have; queued
  // as an update is.
  void RefreshSlotsMayRunScript();

  Counters counters() const;
  // Every value that the instance holds on to.
  void VisitValues(const std::function<void(const value::Value&)>& visit) const;

 private:
  class Evaluator;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_INSTANCE_H_
