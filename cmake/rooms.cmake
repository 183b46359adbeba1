# fcc_room(NAME [DEPENDS rooms…] [LIBRARIES targets…] [PRIVATE targets…])
#   One directory, one library, one namespace. Takes every .cpp below the current
#   directory. DEPENDS names other rooms; LIBRARIES and PRIVATE are third-party
#   targets, public and hidden.
#   Unit tests in tests/unit/<path of the room>/*_test.cpp become the test binary
#   <name>_test.
define_property(GLOBAL PROPERTY FCC_ROOMS BRIEF_DOCS "rooms" FULL_DOCS "all rooms, bottom up")

function(fcc_room name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)
    return()
  endif()
  set(target fcc_${name})
  add_library(${target} STATIC ${sources})
  foreach(room ${arg_DEPENDS})
    if(TARGET fcc_${room})
      target_link_libraries(${target} PUBLIC fcc_${room})
    endif()
  endforeach()
  target_link_libraries(${target} PUBLIC ${arg_LIBRARIES} fcc_settings PRIVATE ${arg_PRIVATE})
  fcc_use_precompiled_headers(${target} fcc_precompiled)
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(TARGET ${target} PROPERTY FCC_PATH ${path})
  set_property(GLOBAL APPEND PROPERTY FCC_ROOMS ${name})
endfunction()

# Called once, from tests/: the unit tests of every room.
function(fcc_unit_tests)
  fcc_precompiled_headers(fcc_precompiled_tests <gmock/gmock.h> <gtest/gtest.h>)
  if(FCC_PRECOMPILE)
    # Code of a program, as that of the tests is; the rooms' is of libraries.
    set_target_properties(fcc_precompiled_tests PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(fcc_precompiled_tests PRIVATE -fPIE)
    target_link_libraries(fcc_precompiled_tests PRIVATE GTest::gmock)
  endif()
  get_property(rooms GLOBAL PROPERTY FCC_ROOMS)
  foreach(room ${rooms})
    get_target_property(path fcc_${room} FCC_PATH)
    file(GLOB_RECURSE tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${path}/*_test.cpp)
    if(tests)
      add_executable(${room}_test ${tests})
      target_link_libraries(${room}_test PRIVATE fcc_${room} GTest::gmock GTest::gtest_main)
      fcc_use_precompiled_headers(${room}_test fcc_precompiled_tests)
      target_compile_definitions(${room}_test PRIVATE
        FCC_SOURCE_DIR="${CMAKE_SOURCE_DIR}" FCC_BINARY_DIR="${CMAKE_BINARY_DIR}")
      add_test(NAME unit.${room} COMMAND ${room}_test --gtest_brief=1)
      set_tests_properties(unit.${room} PROPERTIES LABELS unit)
    endif()
  endforeach()
endfunction()

# A room's fuzz targets: tests/fuzz/<room>_<what>_fuzzer.cpp, linked with the
# room; built only with FCC_FUZZ.
function(fcc_fuzzers)
  get_property(rooms GLOBAL PROPERTY FCC_ROOMS)
  foreach(room ${rooms})
    file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/${room}_*_fuzzer.cpp)
    foreach(source ${fuzzers})
      get_filename_component(name ${source} NAME_WE)
      add_executable(${name} ${source})
      target_link_libraries(${name} PRIVATE fcc_${room})
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endforeach()
endfunction()
