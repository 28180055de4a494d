# The C++ tests, one executable of everything under tests/, and the Python tests as one entry of ctest.
enable_testing()
find_package(GTest REQUIRED)

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/*.cpp")
list(FILTER test_sources EXCLUDE REGEX "/tests/(bench|fuzz)/")

if(test_sources)
  include(GoogleTest)
  add_executable(ketsim_tests ${test_sources})
  ketsim_link_all(ketsim_tests)
  target_link_libraries(ketsim_tests PRIVATE GTest::gmock GTest::gtest GTest::gmock_main)
  target_include_directories(ketsim_tests PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_precompile_headers(ketsim_tests PRIVATE ${KETSIM_SLOW_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
  target_compile_definitions(ketsim_tests PRIVATE KETSIM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TARGET ketsim)
    target_compile_definitions(ketsim_tests PRIVATE KETSIM_BINARY="$<TARGET_FILE:ketsim>")
    add_dependencies(ketsim_tests ketsim)
  endif()
  # Found when ctest starts: the build itself runs no test binary.
  gtest_discover_tests(ketsim_tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 300)
endif()

if(KETSIM_PYTHON)
  add_test(NAME python COMMAND "${KETSIM_PYTHON}" -m pytest -q "${PROJECT_SOURCE_DIR}/tests")
  if(TARGET ketsim)
    set_tests_properties(python PROPERTIES ENVIRONMENT "KETSIM_BINARY=$<TARGET_FILE:ketsim>")
  endif()
endif()
