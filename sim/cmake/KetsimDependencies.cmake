# Libraries that ketsim takes from the system; `bash sim/cmake/install_packages.sh build` installs them on Debian.
# Imported targets count as system headers: their warnings stay silent.
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED)  # headers only: the distributions of Boost.Random
find_package(yaml-cpp REQUIRED)
# HDF5's static library where there is one: Debian's shared one brings 35 others, for remote files, and loading them was 4 of the 9 ms
# of each start. Of what the static one may need only what it does need is linked.
set(HDF5_USE_STATIC_LIBRARIES ON)
find_package(HDF5 REQUIRED COMPONENTS C HL)
add_library(ketsim_hdf5 INTERFACE)
target_link_libraries(ketsim_hdf5 INTERFACE hdf5::hdf5_hl hdf5::hdf5 ${HDF5_C_LIBRARIES})
target_link_options(ketsim_hdf5 INTERFACE $<$<PLATFORM_ID:Linux>:LINKER:--as-needed>)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CLI11 REQUIRED)

if(NOT TARGET yaml-cpp::yaml-cpp)  # the target's name before yaml-cpp 0.8
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# Random123 is headers without a CMake package.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED DOC "Folder that holds Random123/philox.h")
add_library(Random123::Random123 INTERFACE IMPORTED)
target_include_directories(Random123::Random123 INTERFACE "${RANDOM123_INCLUDE_DIR}")

# Loops run on TBB. With KETSIM_SERIAL defined the layer `parallel`, the only one that knows TBB or threads, does without.
find_package(Threads REQUIRED)
add_library(ketsim_threads INTERFACE)
target_link_libraries(ketsim_threads INTERFACE Threads::Threads)
if(KETSIM_PARALLEL)
  find_package(TBB REQUIRED)
  target_link_libraries(ketsim_threads INTERFACE TBB::tbb)
else()
  target_compile_definitions(ketsim_threads INTERFACE KETSIM_SERIAL)
endif()
