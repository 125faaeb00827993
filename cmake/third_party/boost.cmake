# Boost.Asio and Boost.Beast, headers only, from the system. 1.81 is what Debian 12 has; 1.88 what Debian 13 has.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)
endif()
find_package(Boost 1.81 REQUIRED)
find_package(Threads REQUIRED)
add_library(countersign_boost INTERFACE)
target_include_directories(countersign_boost SYSTEM INTERFACE "${Boost_INCLUDE_DIRS}")
# Only what is not deprecated up to 1.88; no thread-safety beyond what is asked for is switched off.
target_compile_definitions(countersign_boost INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_REGEX)
target_link_libraries(countersign_boost INTERFACE Threads::Threads)
