// SPDX-License-Identifier: Apache-2.0

#include "runtime/script/exception.h"

#include "runtime/base/format.h"

namespace fcc::script {

std::string Exception::Summary() const {
  if (name.empty()) {
    return message;
  }
  return message.empty() ? name : name + ": " + message;
}

std::string Exception::Describe() const {
  std::string text = Summary();
  for (const StackFrame& frame : frames) {
    std::string place = frame.file;
    if (frame.line != 0) {
      place += base::format(":{}:{}", frame.line, frame.column);
    }
    text += frame.function.empty()
                ? base::format("\n    at {}", place)
                : base::format("\n    at {} ({})", frame.function, place);
  }
  return text;
}

static std::string_view ErrorTypeName(ErrorType type) {
  switch (type) {
    case ErrorType::kError:
      return "Error";
    case ErrorType::kTypeError:
      return "TypeError";
    case ErrorType::kRangeError:
      return "RangeError";
    case ErrorType::kSyntaxError:
      return "SyntaxError";
    case ErrorType::kReferenceError:
      return "ReferenceError";
    case ErrorType::kEvalError:
      return "EvalError";
    case ErrorType::kUriError:
      return "URIError";
  }
  return "Error";
}

Exception Throw(ErrorType type, std::string message) {
  Exception exception;
  exception.name = ErrorTypeName(type);
  exception.message = std::move(message);
  exception.type = type;
  return exception;
}

Exception Throw(Handle thrown) {
  Exception exception;
  exception.thrown = std::move(thrown);
  return exception;
}

}  // namespace fcc::script
