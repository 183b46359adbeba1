# Third-party code. What Debian packages is in apt.txt, what npm packages in
# npm.txt; bootstrap.sh installs both. Nothing of it is in this repository.
set(FCC_DEPS_DIR "" CACHE PATH "folder of the npm sources, as bootstrap.sh prints it")
if(NOT FCC_DEPS_DIR)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/cmake/bootstrap.sh
                  OUTPUT_VARIABLE FCC_DEPS_DIR OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
endif()

find_package(Threads REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(CURL REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libpcre2-16 REQUIRED IMPORTED_TARGET libpcre2-16)
pkg_check_modules(libsass REQUIRED IMPORTED_TARGET libsass)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)

# A static library of Debian's where there is one: a program that links twenty
# shared ones spends 13 ms before main.
function(fcc_static_library target file)
  find_library(found_${target} NAMES ${file} REQUIRED)
  # An imported library and not a bare path: CMake then puts what it needs
  # behind it on the linker's line.
  add_library(${target} STATIC IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${found_${target}})
  target_link_libraries(${target} INTERFACE ${ARGN})
endfunction()
fcc_static_library(FccCrypto libcrypto.a Threads::Threads ${CMAKE_DL_LIBS})
# Two widths: patterns with the u flag match code points, lone surrogates too,
# which only the 32-bit library takes.
fcc_static_library(FccPcre2Wide libpcre2-32.a)
fcc_static_library(FccPcre2 libpcre2-16.a FccPcre2Wide)
fcc_static_library(FccZlib libz.a)
fcc_static_library(FccSeccomp libseccomp.a)
# Only its zip writer is used: the linker leaves the rest, and the libraries that
# the rest would need, out.
fcc_static_library(FccArchive libarchive.a)
find_library(found_nettle NAMES libnettle.a REQUIRED)
target_link_libraries(FccArchive INTERFACE ${found_nettle} FccZlib)

# Third-party sources that we compile: their warnings are not ours, they are
# optimised in every preset and never sanitised.
function(fcc_third_party name)
  add_library(${name} STATIC ${ARGN})
  target_compile_options(${name} PRIVATE -w -O2 -g0 -ffunction-sections -fdata-sections)
endfunction()

# One unit and no symbol that could be another's: its small functions are
# inlined, a tenth of what a parse costs.
set(tree_sitter ${FCC_DEPS_DIR}/tree-sitter-0.22.4/vendor/tree-sitter/lib)
fcc_third_party(tree_sitter ${tree_sitter}/src/lib.c)
target_compile_options(tree_sitter PRIVATE -O3 -fno-semantic-interposition)
target_compile_definitions(tree_sitter PRIVATE NDEBUG _DEFAULT_SOURCE)
target_include_directories(tree_sitter SYSTEM PUBLIC ${tree_sitter} ${tree_sitter}/include)
set(js ${FCC_DEPS_DIR}/tree-sitter-javascript-0.23.1/src)
set(ts ${FCC_DEPS_DIR}/tree-sitter-typescript-0.23.2)
fcc_third_party(grammar_javascript ${js}/parser.c ${js}/scanner.c)
target_include_directories(grammar_javascript PRIVATE ${js})
foreach(dialect typescript tsx)
  fcc_third_party(grammar_${dialect} ${ts}/${dialect}/src/parser.c ${ts}/${dialect}/src/scanner.c)
  target_include_directories(grammar_${dialect} PRIVATE ${ts}/${dialect}/src)
endforeach()
foreach(grammar javascript typescript tsx)
  # The state tables need no optimiser, the lexer function does; -O1 is the
  # measured middle.
  target_compile_options(grammar_${grammar} PRIVATE -O1)
endforeach()
