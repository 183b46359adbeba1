// SPDX-License-Identifier: Apache-2.0

#include "runtime/template/touched.h"

#include <string>
#include <vector>

namespace fcc::tmpl {

using value::Value;

// Of an array that was written to.
static constexpr double kMaxTouchedIndex = 1e6;

void MarkTouched(Value& data, const Value& path) {
  Value* at = &data;
  for (const Value& key : path.array().items) {
    if (IsTouchedMark(*at)) {
      return;
    }
    if (!at->IsArray() && !at->IsObject()) {
      // Nothing in it was there; whatever it was, it had another length.
      *at = Value::NewObject();
    }
    if (at->IsArray()) {
      const double index = key.ToNumber();
      std::vector<Value>& items = at->MutableArray().items;
      if (!(index >= 0 && index < kMaxTouchedIndex)) {
        return;
      }
      const auto place = static_cast<size_t>(index);
      // One more than there will be, so that its length differs, too.
      if (place >= items.size()) {
        items.resize(place + 1);
        items.push_back(TouchedMark());
      } else if (place + 1 == items.size() && IsTouchedMark(items[place])) {
        items.push_back(TouchedMark());
      }
      at = &items[place];
    } else {
      const std::string name = key.ToDisplayString();
      value::Object& object = at->MutableObject();
      if (object.Find(name) == nullptr) {
        object.Set(name, Value());
      }
      at = object.FindMutable(name);
    }
  }
  *at = TouchedMark();
}

}  // namespace fcc::tmpl
