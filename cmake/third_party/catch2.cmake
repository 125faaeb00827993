# Catch2 as one amalgamated file: builds in a tenth of the time of its many files.
countersign_source(catch2 _catch2)
if(EXISTS "${_catch2}/extras")
  set(_catch2 "${_catch2}/extras")
endif()
add_library(countersign_catch2 STATIC "${_catch2}/catch_amalgamated.cpp")
target_include_directories(countersign_catch2 SYSTEM PUBLIC "${_catch2}")
target_compile_features(countersign_catch2 PUBLIC cxx_std_20)
target_link_libraries(countersign_catch2 PUBLIC countersign_platform)
# Its macros use __COUNTER__, which newer clangs call an extension.
target_compile_options(countersign_catch2 PUBLIC
  $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-unknown-warning-option> $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-c2y-extensions>)
countersign_third_party(countersign_catch2)
