# Targets from folders: a new file in a folder of sim/ is built at the next `cmake --build`, nothing to register here.

# ketsim_add_layers(TARGET FOLDERS folder... LINK library... [PRECOMPILE header...]): one object library of all sources
# under sim/<folder>.
function(ketsim_add_layers target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FOLDERS;LINK;PRECOMPILE")
  list(TRANSFORM arg_FOLDERS REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/sim/\\1/*.cpp" OUTPUT_VARIABLE patterns)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${patterns})
  if(NOT sources)
    message(STATUS "${target}: no sources in ${arg_FOLDERS}")
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "${PROJECT_SOURCE_DIR}/include")
    target_link_libraries(${target} INTERFACE ${arg_LINK})
    return()
  endif()
  add_library(${target} OBJECT ${sources})
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE ketsim_compiler)
  if(arg_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${arg_PRECOMPILE})
  endif()
endfunction()

# ketsim_link_all(TARGET): objects reach an executable only when it names their library itself.
function(ketsim_link_all target)
  target_link_libraries(${target} PRIVATE ketsim_core ketsim_io ketsim_cli ketsim_compiler)
endfunction()

# ketsim_add_program(TARGET SOURCE): the command-line program, in the top folder of the build tree.
function(ketsim_add_program target source)
  if(NOT EXISTS "${PROJECT_SOURCE_DIR}/${source}")
    message(STATUS "${target}: no ${source}")
    return()
  endif()
  add_executable(${target} ${source})
  ketsim_link_all(${target})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
endfunction()
