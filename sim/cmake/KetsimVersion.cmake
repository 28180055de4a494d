# <ketsim/version.hpp> in the build tree: version, commit, compiler and libraries. It is checked at every build but written only
# when it changed. One source file includes it, so that a new commit recompiles one file.
set(libraries "")
foreach(library HDF5 yaml-cpp TBB Boost Eigen3 fmt CLI11)
  if(${library}_VERSION)
    list(APPEND libraries "{\"${library}\", \"${${library}_VERSION}\"}")
  endif()
endforeach()
list(JOIN libraries ", " libraries)

set(version_header "${PROJECT_BINARY_DIR}/generated/ketsim/version.hpp")
set(write_version "${CMAKE_COMMAND}"
  -D "SOURCE_DIR=${PROJECT_SOURCE_DIR}" -D "HEADER=${version_header}" -D "VERSION=${PROJECT_VERSION}"
  -D "COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
  -D "LIBRARIES=${libraries}"
  -P "${CMAKE_CURRENT_LIST_DIR}/write_version.cmake")

execute_process(COMMAND ${write_version} COMMAND_ERROR_IS_FATAL ANY)
add_custom_target(ketsim_write_version COMMAND ${write_version} BYPRODUCTS "${version_header}" VERBATIM
  COMMENT "Checking the version")

add_library(ketsim_version INTERFACE)
target_include_directories(ketsim_version INTERFACE "${PROJECT_BINARY_DIR}/generated")
add_dependencies(ketsim_version ketsim_write_version)
