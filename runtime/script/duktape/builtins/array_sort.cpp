// SPDX-License-Identifier: Apache-2.0
//
// A merge sort over positions: stable, n log n comparisons whatever the
// comparator answers.

#include "runtime/script/duktape/builtins/array_sort.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "runtime/script/duktape/native.h"

namespace fcc::script {

template <typename Less>
static void MergeSort(std::vector<uint32_t>& order, Less&& less) {
  std::vector<uint32_t> other(order.size());
  // Runs of eight by insertion, then pairs of runs.
  static constexpr size_t kRun = 8;
  for (size_t begin = 0; begin < order.size(); begin += kRun) {
    const size_t end = std::min(begin + kRun, order.size());
    for (size_t i = begin + 1; i < end; ++i) {
      const uint32_t item = order[i];
      size_t at = i;
      while (at > begin && less(item, order[at - 1])) {
        order[at] = order[at - 1];
        --at;
      }
      order[at] = item;
    }
  }
  for (size_t width = kRun; width < order.size(); width *= 2) {
    for (size_t begin = 0; begin < order.size(); begin += 2 * width) {
      const size_t middle = std::min(begin + width, order.size());
      const size_t end = std::min(begin + 2 * width, order.size());
      size_t left = begin;
      size_t right = middle;
      for (size_t out = begin; out < end; ++out) {
        const bool take_right =
            right < end && (left >= middle || less(order[right], order[left]));
        other[out] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(other);
  }
}

// Byte order of the engine's strings is not the order of UTF-16 code units
// only where surrogates meet U+E000 and up; three-byte forms compare the same.
static bool StringLess(std::string_view left, std::string_view right) {
  return left < right;
}

void SortItems(duk_context* ctx, duk_idx_t items, duk_idx_t comparator) {
  items = duk_normalize_index(ctx, items);
  void* array = duk_get_heapptr(ctx, items);
  const uint32_t length = internals::ArrayLength(array);
  std::vector<uint32_t> order;
  order.reserve(length);
  for (uint32_t i = 0; i < length; ++i) {
    internals::GetItem(ctx, array, i);
    if (!duk_is_undefined(ctx, -1)) {
      order.push_back(i);
    }
    duk_pop(ctx);
  }
  if (!duk_is_undefined(ctx, comparator)) {
    comparator = duk_normalize_index(ctx, comparator);
    MergeSort(order, [&](uint32_t left, uint32_t right) {
      CheckTime(ctx);
      duk_dup(ctx, comparator);
      duk_push_undefined(ctx);
      internals::GetItem(ctx, array, left);
      internals::GetItem(ctx, array, right);
      duk_call_method(ctx, 2);
      const double result = duk_to_number(ctx, -1);
      duk_pop(ctx);
      return result < 0;
    });
  } else {
    duk_push_array(ctx);
    const duk_idx_t texts = duk_get_top(ctx) - 1;
    std::vector<std::string_view> views(length);
    for (const uint32_t i : order) {
      internals::GetItem(ctx, array, i);
      ToStringAt(ctx, -1);
      views[i] = BytesAt(ctx, -1);
      // Keeps the text alive.
      DefineItem(ctx, texts, i);
    }
    MergeSort(order, [&](uint32_t left, uint32_t right) {
      CheckTime(ctx);
      return StringLess(views[left], views[right]);
    });
    duk_pop(ctx);
  }
  duk_push_array(ctx);
  duk_uarridx_t count = 0;
  for (const uint32_t i : order) {
    internals::GetItem(ctx, array, i);
    DefineItem(ctx, -2, count++);
  }
  for (; count < length; ++count) {
    duk_push_undefined(ctx);
    DefineItem(ctx, -2, count);
  }
  duk_replace(ctx, items);
}

}  // namespace fcc::script
