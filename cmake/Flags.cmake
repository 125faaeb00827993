# Two interface targets: countersign_platform is what every target of ours and of others must share to link together,
# countersign_flags is what our own code is compiled with.

add_library(countersign_platform INTERFACE)
# Floating point must give the same bits natively and in wasm.
target_compile_options(countersign_platform INTERFACE -ffp-contract=off)
if(EMSCRIPTEN)
  target_compile_options(countersign_platform INTERFACE -fwasm-exceptions)
  target_link_options(countersign_platform INTERFACE -fwasm-exceptions)
  if(NOT COUNTERSIGN_WEB_APP)
    # Each test was optimised when it was compiled; doing it to every whole program again costs more than it gains.
    target_link_options(countersign_platform INTERFACE -O1)
  endif()
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND COUNTERSIGN_LIBCXX)
  target_compile_options(countersign_platform INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-stdlib=libc++>)
  # Static: Debian's libc++ headers may be newer than the shared runtime that they depend on.
  target_link_options(countersign_platform INTERFACE -stdlib=libc++ -static-libstdc++)
endif()
if(NOT EMSCRIPTEN)
  # Some fifty programs are linked: LLVM's linker takes a fifth of the time that GNU's does.
  include(CheckLinkerFlag)
  check_linker_flag(CXX -fuse-ld=lld COUNTERSIGN_LLD)
  if(COUNTERSIGN_LLD)
    target_link_options(countersign_platform INTERFACE -fuse-ld=lld)
  endif()
endif()
if(COUNTERSIGN_SANITIZE)
  target_compile_options(countersign_platform INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(countersign_platform INTERFACE -fsanitize=${COUNTERSIGN_SANITIZE})
endif()
if(COUNTERSIGN_FUZZ)
  target_compile_options(countersign_platform INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(countersign_flags INTERFACE)
target_link_libraries(countersign_flags INTERFACE countersign_platform)
target_compile_features(countersign_flags INTERFACE cxx_std_20)
target_include_directories(countersign_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(countersign_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
                       -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
option(COUNTERSIGN_WERROR "warnings are errors" ON)
if(COUNTERSIGN_WERROR)
  target_compile_options(countersign_flags INTERFACE -Werror)
endif()

# core, shell and web never throw: what cannot be done is a Result (core/base/result.h).
add_library(countersign_no_exceptions INTERFACE)
target_link_libraries(countersign_no_exceptions INTERFACE countersign_flags)
target_compile_options(countersign_no_exceptions INTERFACE -fno-exceptions)

if(NOT EMSCRIPTEN AND NOT COUNTERSIGN_SANITIZE)
  target_compile_options(countersign_platform INTERFACE $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>
                         -fstack-protector-strong)
endif()

# countersign_library(NAME SOURCES...): a library of ours, one a folder.
function(countersign_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC countersign_flags PRIVATE countersign_no_exceptions)
  countersign_unity(${name})
endfunction()

# countersign_native_library(NAME SOURCES...): the same for native/, which wraps libraries that throw at its edge.
function(countersign_native_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC countersign_flags)
  countersign_unity(${name})
endfunction()
