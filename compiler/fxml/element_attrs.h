// SPDX-License-Identifier: Apache-2.0
//
// The attributes of an element as records, each once. Of this room only.

#ifndef FCC_COMPILER_FXML_ELEMENT_ATTRS_H_
#define FCC_COMPILER_FXML_ELEMENT_ATTRS_H_

#include <string>
#include <vector>

#include "compiler/fxml/attributes.h"
#include "compiler/fxml/reading.h"

namespace fcc::fxml {

class ElementAttrs {
 public:
  explicit ElementAttrs(Reading& reading) : r_(reading) {}

  // Appends those that are no directives to the table of attributes.
  void Write(const std::vector<Attr>& attrs);

 private:
  bool WriteOne(const Attr& attr);
  void DropTwins(size_t first);

  Reading& r_;
  std::string scratch_;
};

}  // namespace fcc::fxml

#endif  // FCC_COMPILER_FXML_ELEMENT_ATTRS_H_
