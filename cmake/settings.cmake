# Compiler settings of our own code. Third-party code is set apart in
# dependencies.cmake.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(FCC_CCACHE ccache)
if(FCC_CCACHE)
  # What ccache asks for before it takes units with a precompiled header.
  set(launcher /usr/bin/env CCACHE_SLOPPINESS=pch_defines,time_macros ${FCC_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_library(fcc_settings INTERFACE)
target_include_directories(fcc_settings INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(fcc_settings INTERFACE
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor
  -fno-omit-frame-pointer -ffunction-sections -fdata-sections
  # __FILE__ and debug information must not name the machine's folders.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
if(FCC_WERROR)
  target_compile_options(fcc_settings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside its own library under -O2 with sanitizers.
  target_compile_options(fcc_settings INTERFACE
    -Wno-maybe-uninitialized -Wno-restrict -Wno-dangling-pointer
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()
target_link_options(fcc_settings INTERFACE -Wl,--gc-sections -Wl,--as-needed)
set(FCC_SANITIZERS "")
if(FCC_SANITIZE)
  list(APPEND FCC_SANITIZERS address undefined)
endif()
if(FCC_THREAD_SANITIZE)
  list(APPEND FCC_SANITIZERS thread)
endif()
if(FCC_FUZZ)
  target_compile_options(fcc_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(FCC_SANITIZERS)
  list(JOIN FCC_SANITIZERS "," joined)
  target_compile_options(fcc_settings INTERFACE -fsanitize=${joined} -fno-sanitize-recover=all)
  target_link_options(fcc_settings INTERFACE -fsanitize=${joined})
endif()

# The standard headers that nearly every unit includes, compiled once. They are
# half of what a small unit costs. A unit still includes what it uses: presets
# without the option, and clang, would find out.
set(FCC_PRECOMPILED
  <algorithm> <array> <charconv> <cmath> <cstdint> <cstring> <deque> <functional>
  <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <thread>
  <unordered_map> <unordered_set> <utility> <variant> <vector> <fmt/format.h>)
# fcc_precompiled_headers(NAME [HEADERS…]): a target to take them from.
function(fcc_precompiled_headers name)
  if(FCC_PRECOMPILE)
    add_library(${name} OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
    target_link_libraries(${name} PRIVATE fcc_settings fmt::fmt)
    target_precompile_headers(${name} PRIVATE ${FCC_PRECOMPILED} ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${name} PRIVATE -fpch-preprocess)
    endif()
  endif()
endfunction()
function(fcc_use_precompiled_headers target name)
  if(FCC_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${name})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -fpch-preprocess)
    endif()
  endif()
endfunction()
