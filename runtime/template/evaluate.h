// SPDX-License-Identifier: Apache-2.0
//
// Expressions in a scope. Of this room only.

#ifndef FCC_RUNTIME_TEMPLATE_EVALUATE_H_
#define FCC_RUNTIME_TEMPLATE_EVALUATE_H_

#include <string>
#include <vector>

#include "runtime/template/program.h"
#include "runtime/template/script_host.h"
#include "runtime/template/tree_host.h"
#include "runtime/value/value.h"

namespace fcc::tmpl {

struct Scope;

// The variables of one iteration of a wx:for, or (without an index and a loop)
// one value of a slot. During an update the values before it are there too.
struct Frame {
  const Frame* up = nullptr;
  uint32_t item_name = kNoId;
  uint32_t index_name = kNoId;
  const value::Value* item = nullptr;
  const value::Value* index = nullptr;
  const value::Value* old_item = nullptr;
  const value::Value* old_index = nullptr;
  // The loop and what its list is evaluated in, for paths to write to.
  uint32_t loop_node = kNoId;
  const Scope* loop_scope = nullptr;
};

// The files being included, innermost first.
struct IncludeChain {
  const IncludeChain* up = nullptr;
  uint32_t unit = 0;
};

// What names mean at a place. Scopes live on the stack of the walk.
struct Scope {
  const value::Value* data = nullptr;
  // The data before the update; null in a first render.
  const value::Value* old_data = nullptr;
  const Frame* frames = nullptr;
  const IncludeChain* includes = nullptr;
  // Whose nodes these are: its templates and imports are in sight.
  uint32_t unit = 0;
  // Whose script modules are in sight: an included file sees its includer's.
  uint32_t module_unit = 0;
  // NameBit()s of the names whose values may have changed in this update.
  uint64_t changed = 0;
  // What the slot that content is made for gives it, an object; null outside of
  // such content.
  const value::Value* slot_values = nullptr;
  const value::Value* old_slot_values = nullptr;
  // Paths into a template's own data lead nowhere.
  bool is_template = false;
};

class ExpressionEvaluator {
 public:
  ExpressionEvaluator(const Program& program, TreeHost& host,
                      ScriptHost* scripts)
      : program_(program), host_(host), scripts_(scripts) {}

  value::Value Evaluate(uint32_t expression, const Scope& scope) {
    return Run(expression, scope, nullptr);
  }
  // A literal string or an expression; `true` for kNoId.
  value::Value Evaluate(ValueKind kind, uint32_t value, const Scope& scope);

  // Where the expression's value is kept in the data, as an array of keys;
  // undefined when it is no place.
  value::Value EvaluatePath(uint32_t expression, const Scope& scope);

  // True when one of the paths that it reads differs between the old and the
  // new data of the scope.
  bool IsAffected(uint32_t expression, const Scope& scope) const;
  // True when what one of those paths leads to was written as a whole.
  bool IsTouched(uint32_t expression, const Scope& scope) const;
  // What it was before the update, marks included, where it is nothing but a
  // path; else undefined.
  value::Value Before(uint32_t expression, const Scope& scope) const;

  uint64_t evaluations() const { return evaluations_; }

 private:
  // A member of a script module that is not read yet, because it may be called
  // instead. On the stack it is a FunctionRef of a heap that no script has.
  struct ModuleMember {
    uint32_t module = 0;
    std::vector<std::string> path;
  };

  value::Value Run(uint32_t expression, const Scope& scope,
                   value::Value* traced_path);
  value::Value LoadName(uint32_t name, const Scope& scope);
  value::Value PathOfName(uint32_t name, const Scope& scope);
  bool FindModule(uint32_t name, const Scope& scope, uint32_t& module) const;
  static const Frame* FindFrame(uint32_t name, const Scope& scope);
  value::Value MemberOf(value::Value object, const std::string& key);
  value::Value CallOf(const value::Value& callee,
                      std::span<const value::Value> args,
                      const ExpressionRecord& expression, const Scope& scope);
  // The value itself where `value` stands for a module's member.
  value::Value Settle(value::Value value);
  // The same, to be a part of a text.
  value::Value TextOf(const value::Value& value);
  void ReportScriptError(const base::Error& error,
                         const ExpressionRecord& expression,
                         const Scope& scope);

  const Program& program_;
  TreeHost& host_;
  ScriptHost* scripts_;
  std::vector<value::Value> stack_;
  std::vector<ModuleMember> module_members_;
  // Where to point when a module's member fails to be read.
  const ExpressionRecord* current_ = nullptr;
  const Scope* current_scope_ = nullptr;
  uint64_t evaluations_ = 0;
};

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_EVALUATE_H_
