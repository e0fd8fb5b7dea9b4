# What `cmake --install` puts where: headers, both libraries, the command, the rules, and how others find them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(praxe_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/praxe")
set(praxe_rules_dir "${CMAKE_INSTALL_DATADIR}/praxe/rules")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/praxe" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/rules/" DESTINATION "${praxe_rules_dir}")
install(TARGETS praxe EXPORT praxe-static-targets INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(TARGETS praxe_shared EXPORT praxe-shared-targets INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
if(TARGET praxe_command)
  install(TARGETS praxe_command)
endif()

# CMake: one file of targets for each form, so that the shared one needs nothing of what the static one is linked with.
install(EXPORT praxe-static-targets NAMESPACE praxe:: DESTINATION "${praxe_cmake_dir}")
install(EXPORT praxe-shared-targets NAMESPACE praxe:: DESTINATION "${praxe_cmake_dir}")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/praxe-config.cmake.in" "${PROJECT_BINARY_DIR}/praxe-config.cmake"
  INSTALL_DESTINATION "${praxe_cmake_dir}" PATH_VARS praxe_rules_dir)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/praxe-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/praxe-config.cmake" "${PROJECT_BINARY_DIR}/praxe-config-version.cmake"
  DESTINATION "${praxe_cmake_dir}")

# pkg-config: what the archive is linked with is written out, so that those who link the shared library need not have it.
pkg_check_modules(PRAXE_PRIVATE REQUIRED absl_hash absl_time absl_strings fmt re2 yaml-cpp)
if(PRAXE_PHONENUMBER)
  list(APPEND PRAXE_PRIVATE_LDFLAGS -lphonenumber -lprotobuf)
endif()
list(JOIN PRAXE_PRIVATE_LDFLAGS " " praxe_pc_private)
set(praxe_pc_dir "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH praxe_pc_includedir "${praxe_pc_dir}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
file(RELATIVE_PATH praxe_pc_rulesdir "${praxe_pc_dir}" "${CMAKE_INSTALL_FULL_DATADIR}/praxe/rules")
configure_file("${CMAKE_CURRENT_LIST_DIR}/praxe.pc.in" "${PROJECT_BINARY_DIR}/praxe.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/praxe.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
