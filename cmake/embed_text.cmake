# Writes OUT, a C++ file that defines `extern const std::string_view NAME` of
# namespace fcc::commands with the text of IN, a file that does not hold the
# closing mark of the literal:
#   cmake -DIN=page.html -DNAME=kPage -DOUT=page.cpp -P embed_text.cmake
file(READ ${IN} text)
string(FIND "${text}" ")__fcc\"" closing)
if(NOT closing EQUAL -1)
  message(FATAL_ERROR "${IN} holds the closing mark of a literal")
endif()
file(WRITE ${OUT}.new "// Made by cmake/embed_text.cmake.
#include <string_view>

namespace fcc::commands {

extern const std::string_view ${NAME};
const std::string_view ${NAME} = R\"__fcc(${text})__fcc\";

}  // namespace fcc::commands
")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
