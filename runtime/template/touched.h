// SPDX-License-Identifier: Apache-2.0
//
// Where data was written: marks in the data as it was before, so that whoever
// compares finds these places changed even where they are the same. Of this
// room only.

#ifndef FCC_RUNTIME_TEMPLATE_TOUCHED_H_
#define FCC_RUNTIME_TEMPLATE_TOUCHED_H_

#include "runtime/value/value.h"

namespace fcc::tmpl {

// Stands in old data where something was written: it differs from any value. A
// function of no heap, so that threads share nothing.
inline value::Value TouchedMark() {
  return value::Value::Function({0xFFFFFFFDu, 0});
}
inline bool IsTouchedMark(const value::Value& value) {
  return value.SameAs(TouchedMark());
}

// Marks the place in `data` that `path`, an array of keys, leads to. What is
// missing on the way is made; a list that grew gets another length than it has
// now.
void MarkTouched(value::Value& data, const value::Value& path);

}  // namespace fcc::tmpl

#endif  // FCC_RUNTIME_TEMPLATE_TOUCHED_H_
