# How every file of ketsim is compiled. The same scenario and seed give the same bits on every machine, so nothing here
# may let the compiler reorder or contract floating-point arithmetic; all targets share one instruction set.
include(CheckCXXCompilerFlag)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
if("${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_RELEASE}" MATCHES "-ffast-math|-Ofast|-funsafe-math|-ffp-contract=fast")
  message(FATAL_ERROR "ketsim promises the same bits on every machine: build it without fast-math flags")
endif()

# The oldest processor that a binary runs on: x86-64-v2 is any x86 machine since about 2010, without fused multiply-add.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  check_cxx_compiler_flag(-march=x86-64-v2 KETSIM_HAS_X86_64_V2)
endif()

add_library(ketsim_compiler INTERFACE)
target_compile_options(ketsim_compiler INTERFACE
  -ffp-contract=off
  $<$<BOOL:${KETSIM_HAS_X86_64_V2}>:-march=x86-64-v2>
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<BOOL:${KETSIM_WERROR}>:-Werror>)

if(KETSIM_SANITIZE)
  set(sanitizers -fsanitize=${KETSIM_SANITIZE} -fno-sanitize-recover=all)
  target_compile_options(ketsim_compiler INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_link_options(ketsim_compiler INTERFACE ${sanitizers})
endif()
