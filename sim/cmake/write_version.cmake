# Writes HEADER from SOURCE_DIR, VERSION, COMPILER and LIBRARIES: cmake -D HEADER=... -P write_version.cmake
# The commit is "unknown" without git, or where the sources lie inside a repository that is not ketsim's own.
set(COMMIT unknown)
find_program(GIT git)
if(GIT AND EXISTS "${SOURCE_DIR}/.git")
  set(ENV{GIT_OPTIONAL_LOCKS} 0)  # never stands in the way of a git command running beside the build
  execute_process(COMMAND "${GIT}" describe --always --abbrev=10 --dirty "--exclude=*"
    WORKING_DIRECTORY "${SOURCE_DIR}" OUTPUT_VARIABLE described RESULT_VARIABLE failed
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(COMMIT "${described}")
  endif()
endif()
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.hpp.in" "${HEADER}" @ONLY)
