# A relocatable archive: `cmake --build --preset release --target package` makes ketsim-VERSION-SYSTEM-MACHINE.tar.gz with the program, the
# libraries that it needs beyond those of the C library, scenarios and analysis. It runs from any folder, without root.

set(beside lib/ketsim)
# RPATH, not RUNPATH: libraries must find each other in that folder too.
target_link_options(ketsim PRIVATE $<$<PLATFORM_ID:Linux>:LINKER:--disable-new-dtags>)
# The same in the build folder: CMake would else fill up a path that it means to replace with an empty entry, which stands for
# the folder where ketsim is called, and anybody's libraries there.
set_target_properties(ketsim PROPERTIES INSTALL_RPATH "$ORIGIN/../${beside}" INSTALL_RPATH_USE_LINK_PATH ON BUILD_WITH_INSTALL_RPATH ON)

install(TARGETS ketsim RUNTIME_DEPENDENCY_SET ketsim_needs)
# The C library and its loader belong together and to the system.
install(RUNTIME_DEPENDENCY_SET ketsim_needs
  PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread|resolv|util)\\.so"
  POST_EXCLUDE_REGEXES "/ld-linux" "/lib(c|m|dl|rt|pthread|resolv|util)\\.so"
  LIBRARY DESTINATION ${beside})
install(DIRECTORY scenarios analysis DESTINATION . PATTERN __pycache__ EXCLUDE)
install(FILES README.md LICENSE CHANGELOG.md CITATION.cff DESTINATION .)

set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_VENDOR ketsim)
set(CPACK_PACKAGE_FILE_NAME "ketsim-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Agent-based simulation of a cross-border innovation ecosystem")
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
