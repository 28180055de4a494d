# Benchmarks: programs to compare ketsim with, and timings of single kernels. Built on request only and run by hand
# (`bash tests/bench/run.sh`): a timing is no test.
set(bench_folder "${PROJECT_SOURCE_DIR}/tests/bench")

# One program per source, compiled with ketsim's own flags but without any of its code.
find_package(Threads REQUIRED)
file(GLOB baselines CONFIGURE_DEPENDS "${bench_folder}/baselines/*.cpp")
foreach(source ${baselines})
  cmake_path(GET source STEM name)
  add_executable(${name} "${source}")
  target_link_libraries(${name} PRIVATE ketsim_compiler Threads::Threads)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/baselines")
endforeach()

find_package(benchmark REQUIRED)
file(GLOB kernels CONFIGURE_DEPENDS "${bench_folder}/kernels/*.cpp")
add_executable(ketsim_kernels ${kernels})
ketsim_link_all(ketsim_kernels)
target_link_libraries(ketsim_kernels PRIVATE benchmark::benchmark_main)
target_include_directories(ketsim_kernels PRIVATE "${PROJECT_SOURCE_DIR}/tests")
target_compile_definitions(ketsim_kernels PRIVATE KETSIM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
set_target_properties(ketsim_kernels PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
