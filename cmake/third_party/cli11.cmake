countersign_source(cli11 _cli11)
add_library(countersign_cli11 INTERFACE)
target_include_directories(countersign_cli11 SYSTEM INTERFACE "${_cli11}/include")
