// SPDX-License-Identifier: Apache-2.0

#include "compiler/js/result_codec.h"

#include <concepts>
#include <type_traits>
#include <utility>

namespace fcc::js {

namespace {

template <class T, class Struct>
concept Like = std::same_as<std::remove_const_t<T>, Struct>;

// The members of each struct, for writing and for reading. A structured binding
// names them all, so a new member does not compile before it is here.

template <class Io, Like<NamedSpan> T>
void Members(Io& io, T& value) {
  auto& [name, span] = value;
  io(name, span);
}

template <class Io, Like<OptionUse> T>
void Members(Io& io, T& value) {
  auto& [name, span, kind, text, value_span] = value;
  io(name, span, kind, text, value_span);
}

template <class Io, Like<ApiUse> T>
void Members(Io& io, T& value) {
  auto& [root, name, rest, span, is_call, guarded, on_start, caught, argument,
         options, open_options] = value;
  io(root, name, rest, span, is_call, guarded, on_start, caught, argument,
     options, open_options);
}

template <class Io, Like<Definition> T>
void Members(Io& io, T& value) {
  auto& [kind, span, methods, data, properties, external_classes, open_methods,
         open_data, has_observers, opens_styles] = value;
  io(kind, span, methods, data, properties, external_classes, open_methods,
     open_data, has_observers, opens_styles);
}

template <class Io, Like<SetDataCall> T>
void Members(Io& io, T& value) {
  auto& [span, paths, undefined_paths, argument, whole, open, in_loop] = value;
  io(span, paths, undefined_paths, argument, whole, open, in_loop);
}

template <class Io, Like<RouteUse> T>
void Members(Io& io, T& value) {
  auto& [function, url, span] = value;
  io(function, url, span);
}

template <class Io, Like<TextUse> T>
void Members(Io& io, T& value) {
  auto& [kind, text, name, span] = value;
  io(kind, text, name, span);
}

template <class Io, Like<ScriptFacts> T>
void Members(Io& io, T& value) {
  auto& [apis, definitions, set_data, routes, assigned_to_this, dynamic_code,
         texts, intervals, clears_intervals, data_reads, data_reads_open,
         canvas_contexts, telling_calls, triggered, triggered_open, builtins,
         defined_builtins, host_functions] = value;
  io(apis, definitions, set_data, routes, assigned_to_this, dynamic_code, texts,
     intervals, clears_intervals, data_reads, data_reads_open, canvas_contexts,
     telling_calls, triggered, triggered_open, builtins, defined_builtins,
     host_functions);
}

template <class Io, Like<TakenName> T>
void Members(Io& io, T& value) {
  auto& [name, exported] = value;
  io(name, exported);
}

template <class Io, Like<Dependency> T>
void Members(Io& io, T& value) {
  auto& [kind, specifier, span, taken] = value;
  io(kind, specifier, span, taken);
}

template <class Io, Like<CompileResult> T>
void Members(Io& io, T& value) {
  auto& [ok, code, map, dependencies, facts, is_module, helpers, effect_free,
         exports] = value;
  io(ok, code, map, dependencies, facts, is_module, helpers, effect_free,
     exports);
}

class Writer {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (Write(values), ...);
  }
  std::string Take() { return std::move(out_); }

 private:
  // LEB128.
  void Number(uint64_t number) {
    while (number >= 0x80) {
      out_.push_back(static_cast<char>(number | 0x80));
      number >>= 7;
    }
    out_.push_back(static_cast<char>(number));
  }
  void Write(const std::string& text) {
    Number(text.size());
    out_ += text;
  }
  void Write(bool value) { out_.push_back(value ? '\1' : '\0'); }
  void Write(base::Span span) {
    Number(span.begin);
    Number(span.size());
  }
  template <class T>
  requires std::is_enum_v<T>
  void Write(T value) { out_.push_back(static_cast<char>(value)); }
  template <class T>
  void Write(const std::vector<T>& values) {
    Number(values.size());
    for (const T& value : values) {
      Write(value);
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void Write(const T& value) { Members(*this, value); }

  std::string out_;
};

// After the first byte that does not fit, everything reads as empty.
class Reader {
 public:
  Reader(std::string_view bytes, size_t text_size)
      : bytes_(bytes), text_size_(text_size) {}

  template <class... T>
  void operator()(T&... values) {
    (Read(values), ...);
  }
  // All of it was read and nothing was wrong.
  bool IsDone() const { return !failed_ && bytes_.empty(); }

 private:
  uint8_t Byte() {
    if (bytes_.empty()) {
      failed_ = true;
      return 0;
    }
    const auto byte = static_cast<uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte;
  }
  uint64_t Number() {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = Byte();
      number |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) {
        return number;
      }
    }
    failed_ = true;
    return 0;
  }
  // Of things that take a byte each, at the least.
  size_t Count() {
    const uint64_t count = Number();
    if (count > bytes_.size()) {
      failed_ = true;
      return 0;
    }
    return static_cast<size_t>(count);
  }
  void Read(std::string& text) {
    const size_t size = Count();
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }
  void Read(bool& value) { value = Byte() != 0; }
  void Read(base::Span& span) {
    const uint64_t begin = Number();
    const uint64_t size = Number();
    if (begin > text_size_ || size > text_size_ - begin) {
      failed_ = true;
      return;
    }
    span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + size)};
  }
  // What is no value of the enumeration is none that Compile gives either; the
  // codes below are the largest of each.
  static constexpr uint8_t Largest(ApiRoot) {
    return static_cast<uint8_t>(ApiRoot::kUni);
  }
  static constexpr uint8_t Largest(ValueKind) {
    return static_cast<uint8_t>(ValueKind::kFunction);
  }
  static constexpr uint8_t Largest(DefinitionKind) {
    return static_cast<uint8_t>(DefinitionKind::kBehavior);
  }
  static constexpr uint8_t Largest(TextKind) {
    return static_cast<uint8_t>(TextKind::kSecret);
  }
  static constexpr uint8_t Largest(DependencyKind) {
    return static_cast<uint8_t>(DependencyKind::kComputed);
  }
  template <class T>
  requires std::is_enum_v<T>
  void Read(T& value) {
    const uint8_t byte = Byte();
    if (byte > Largest(T{})) {
      failed_ = true;
      return;
    }
    value = static_cast<T>(byte);
  }
  template <class T>
  void Read(std::vector<T>& values) {
    const size_t count = Count();
    for (size_t i = 0; i < count && !failed_; ++i) {
      Read(values.emplace_back());
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void Read(T& value) { Members(*this, value); }

  std::string_view bytes_;
  size_t text_size_;
  bool failed_ = false;
};

}  // namespace

std::string EncodeResult(const CompileResult& result) {
  Writer writer;
  writer(result);
  return writer.Take();
}

std::optional<CompileResult> DecodeResult(std::string_view bytes,
                                          size_t text_size) {
  Reader reader(bytes, text_size);
  CompileResult result;
  reader(result);
  return reader.IsDone() ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace fcc::js
