// SPDX-License-Identifier: Apache-2.0
//
// The template program: what FXML compiles to and what the evaluator runs.
// One program holds all template files ("units") of a package. Position
// independent, little-endian, every table an array of fixed-size records on an
// eight-byte boundary; docs/package-format.md shows one byte by byte.
//
//   header   magic "FTPL", version, total size, then {offset, count} of every
//            section in the order of enum Section
//   nodes    every unit's tree in preorder; a subtree is the range
//            [i, node.end). Templates are subtrees that render nothing where
//            they stand
//   code     stack code, one 32-bit word an instruction: opcode in the low 8
//            bits, operand in the high 24. Jumps go forward only, so every
//            expression ends; the verifier proves the stack depth of every
//            instruction, so the evaluator checks nothing.
//
// Names are string ids: a name is resolved when it is read (script modules of
// the unit, then loop variables, then data), because an included file sees the
// scope of whoever includes it.

#ifndef FCC_RUNTIME_TEMPLATE_FORMAT_H_
#define FCC_RUNTIME_TEMPLATE_FORMAT_H_

#include <cstdint>

namespace fcc::tmpl {

inline constexpr uint32_t kMagic = 0x4C505446;  // "FTPL"
inline constexpr uint32_t kFormatVersion = 1;
// "No string", "no unit", "no expression".
inline constexpr uint32_t kNoId = 0xFFFFFFFFu;

// Limits that the verifier enforces and the compiler keeps.
inline constexpr uint32_t kMaxTreeDepth = 512;
inline constexpr uint32_t kMaxStack = 1024;

enum class Section : uint32_t {
  kStrings,      // StringRecord
  kText,         // bytes, UTF-8, no terminators; count is in bytes
  kNumbers,      // IEEE 754 binary64
  kCode,         // uint32_t
  kPaths,        // uint32_t string ids: the members of every read path
  kReads,        // ReadRecord
  kExpressions,  // ExpressionRecord
  kAttrs,        // AttrRecord
  kNodes,        // NodeRecord
  kTemplates,    // TemplateRecord
  kImports,      // uint32_t unit indices, kNoId where the file is missing
  kModuleUses,   // ModuleUseRecord
  kModules,      // ModuleRecord
  kUnits,        // UnitRecord
  kCount,
};
inline constexpr uint32_t kSectionCount =
    static_cast<uint32_t>(Section::kCount);

struct SectionRecord {
  uint32_t offset = 0;
  uint32_t count = 0;
};

struct Header {
  uint32_t magic = kMagic;
  uint32_t version = kFormatVersion;
  uint32_t size = 0;
  uint32_t reserved = 0;
  SectionRecord sections[kSectionCount];
};
static_assert(sizeof(Header) == 16 + 8 * 14);

struct StringRecord {
  uint32_t offset = 0;
  uint32_t size = 0;
};
static_assert(sizeof(StringRecord) == 8);

// One thing that an expression reads: a name and the members taken from it as
// far as they are known ("list.length", "o" for `o[k]`).
struct ReadRecord {
  uint32_t root = kNoId;
  uint32_t first_member = 0;
  uint32_t member_count = 0;
};
static_assert(sizeof(ReadRecord) == 12);

enum ExpressionFlags : uint32_t {
  // The value is one assignable path: the only read, and nothing else.
  kExpressionIsPath = 1,
};

struct ExpressionRecord {
  uint32_t first_code = 0;
  uint32_t code_count = 0;
  uint32_t first_read = 0;
  uint32_t read_count = 0;
  uint32_t flags = 0;
  // In the unit's source file.
  uint32_t span_begin = 0;
  uint32_t span_end = 0;
};
static_assert(sizeof(ExpressionRecord) == 28);

// Where a value comes from. `value` of the record that has it is then…
enum class ValueKind : uint8_t {
  kNone,        // nothing: the attribute has no `=`; the value is true
  kString,      // a string id
  kExpression,  // an expression index
};

enum class AttrKind : uint8_t {
#define FCC_ATTR_KIND(symbol, name) k##symbol,
#include "runtime/template/attr_kinds.def"
#undef FCC_ATTR_KIND
  kCount,
};

enum EventFlags : uint8_t {
  kEventCatch = 1,
  kEventMut = 2,
  kEventCapture = 4,
  // Written without a colon (`bindtap`).
  kEventNoColon = 8,
};

struct AttrRecord {
  AttrKind kind = AttrKind::kPlain;
  uint8_t flags = 0;
  ValueKind value_kind = ValueKind::kNone;
  uint8_t reserved = 0;
  // Decoded: the property (`myProp`), the dataset key, the event type, ….
  uint32_t name = kNoId;
  // As the generated JavaScript spells it (`data-a-b`, `bindtap`).
  uint32_t key = kNoId;
  uint32_t value = kNoId;
  uint32_t span_begin = 0;
  uint32_t span_end = 0;
};
static_assert(sizeof(AttrRecord) == 24);

enum class NodeKind : uint8_t {
  kElement,      // name: tag; attributes
  kText,         // value
  kBlock,        // value: the slot of the children, where there is one
  kIf,           // children: kBranch, at least one
  kBranch,       // value: condition, kNoId for else; below kIf only
  kFor,          // value: list; name: item; extra: index; key
  kTemplateUse,  // value: which (`is`); extra: expression of data or kNoId
  kInclude,      // extra: unit or kNoId; name: the path as written
  kDefinition,  // the body of a template, where it was written: renders nothing
  kCount,
};

enum NodeFlags : uint8_t {
  // wx:key="*this".
  kForKeyIsItem = 1,
  // An element in whose content `slot:name` takes values from the slot.
  kHasSlotValues = 2,
};

struct NodeRecord {
  NodeKind kind = NodeKind::kElement;
  uint8_t flags = 0;
  ValueKind value_kind = ValueKind::kNone;
  uint8_t reserved = 0;
  // One past the last node of the subtree.
  uint32_t end = 0;
  uint32_t name = kNoId;
  uint32_t value = kNoId;
  uint32_t extra = kNoId;
  uint32_t key = kNoId;
  uint32_t first_attr = 0;
  uint32_t attr_count = 0;
  uint32_t span_begin = 0;
  uint32_t span_end = 0;
};
static_assert(sizeof(NodeRecord) == 40);

struct TemplateRecord {
  uint32_t name = kNoId;
  // A kDefinition of the unit.
  uint32_t node = 0;
};
static_assert(sizeof(TemplateRecord) == 8);

// `<wxs module="name">` in a unit.
struct ModuleUseRecord {
  uint32_t name = kNoId;
  uint32_t module = kNoId;
};
static_assert(sizeof(ModuleUseRecord) == 8);

// A script module, shared by all units that name its file.
struct ModuleRecord {
  // The file's path, or "<unit path>:<name>" of an inline one.
  uint32_t path = kNoId;
  // JavaScript (ES5) for the script host.
  uint32_t source = kNoId;
};
static_assert(sizeof(ModuleRecord) == 8);

struct UnitRecord {
  uint32_t path = kNoId;
  uint32_t first_node = 0;
  uint32_t end_node = 0;
  uint32_t first_template = 0;
  uint32_t template_count = 0;
  uint32_t first_import = 0;
  uint32_t import_count = 0;
  uint32_t first_module_use = 0;
  uint32_t module_use_count = 0;
};
static_assert(sizeof(UnitRecord) == 36);

enum class Op : uint8_t {
#define FCC_OP(symbol, name, pops, pushes) k##symbol,
#include "runtime/template/ops.def"
#undef FCC_OP
  kCount,
};

inline constexpr uint32_t kMaxOperand = 0xFFFFFF;
constexpr uint32_t Instruction(Op op, uint32_t operand = 0) {
  return static_cast<uint32_t>(op) | operand << 8;
}
constexpr Op OpOf(uint32_t word) {
  return static_cast<Op>(word & 0xFF);
}
constexpr uint32_t OperandOf(uint32_t word) {
  return word >> 8;
}

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_FORMAT_H_
