# zlib from the system, for gzip in HTTP: a body's form on the way, which no hash and no file depends on.
find_package(ZLIB 1.2.11 REQUIRED)
add_library(countersign_zlib INTERFACE)
target_link_libraries(countersign_zlib INTERFACE ZLIB::ZLIB)
