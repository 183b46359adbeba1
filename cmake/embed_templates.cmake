# Writes OUT, a C++ file with every file below DIR/<template>/:
#   cmake -DDIR=templates -DOUT=templates.cpp -P embed_templates.cmake
# The files are text; none may hold the closing mark of the literal.
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${DIR} ${DIR}/*)
list(SORT files)
set(rows "")
foreach(file ${files})
  file(READ ${DIR}/${file} text)
  string(FIND "${text}" ")__fcc\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${file} holds the closing mark of a literal")
  endif()
  string(FIND ${file} "/" slash)
  string(SUBSTRING ${file} 0 ${slash} name)
  math(EXPR slash "${slash} + 1")
  string(SUBSTRING ${file} ${slash} -1 path)
  string(APPEND rows "    {\"${name}\", \"${path}\", R\"__fcc(${text})__fcc\"},\n")
endforeach()
file(WRITE ${OUT}.new "// Made by cmake/embed_templates.cmake.
#include \"cli/commands/templates.h\"

namespace fcc::commands {

static constexpr TemplateFile kFiles[] = {
${rows}};

std::span<const TemplateFile> TemplateFiles() { return kFiles; }

}  // namespace fcc::commands
")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
