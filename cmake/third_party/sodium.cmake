# libsodium from source, the same for native and web: hashes, Argon2id, later signatures. Portable C, no configure run.
countersign_source(libsodium _sodium)
set(_from "${_sodium}/src/libsodium")
file(GLOB_RECURSE _files CONFIGURE_DEPENDS "${_from}/*.c")  # their list, their release: a glob is the honest copy of it

# What configure would write into version.h.
set(_generated "${PROJECT_BINARY_DIR}/third_party/sodium/sodium")
if(EXISTS "${_from}/include/sodium/version.h.in" AND NOT EXISTS "${_from}/include/sodium/version.h")
  set(VERSION "1.0.22")
  set(SODIUM_LIBRARY_VERSION_MAJOR 30)
  set(SODIUM_LIBRARY_VERSION_MINOR 0)
  set(SODIUM_LIBRARY_MINIMAL_DEF "")
  file(READ "${_from}/include/sodium/version.h.in" _version_h)
  string(CONFIGURE "${_version_h}" _version_h @ONLY)
  string(REPLACE "\"export.h\"" "<sodium/export.h>" _version_h "${_version_h}")
  file(CONFIGURE OUTPUT "${_generated}/version.h" CONTENT "${_version_h}" @ONLY)
endif()

add_library(countersign_sodium STATIC ${_files})
target_include_directories(countersign_sodium SYSTEM
  PUBLIC "${_from}/include" "${PROJECT_BINARY_DIR}/third_party/sodium"
  PRIVATE "${_from}/include/sodium" "${PROJECT_BINARY_DIR}/third_party/sodium/sodium")
target_compile_definitions(countersign_sodium PUBLIC SODIUM_STATIC=1
  PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 HAVE_STDINT_H=1 HAVE_WEAK_SYMBOLS=1 HAVE_INLINE_ASM=0
          DEV_MODE=0 _DEFAULT_SOURCE=1)
# Curve arithmetic in 128 bits where the processor has it; in wasm every product would be a call.
if(NOT EMSCRIPTEN)
  include(CheckCSourceCompiles)
  check_c_source_compiles("int main(void) { unsigned __int128 x = 1; return (int)(x >> 127); }" COUNTERSIGN_HAS_INT128)
  if(COUNTERSIGN_HAS_INT128)
    target_compile_definitions(countersign_sodium PRIVATE HAVE_TI_MODE=1)
  endif()
  # Compiled in; what the processor has of them is asked when the program starts (sodium_init).
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$" AND NOT MSVC)
    target_compile_definitions(countersign_sodium PRIVATE HAVE_CPUID=1 HAVE_MMINTRIN_H=1 HAVE_EMMINTRIN_H=1
      HAVE_PMMINTRIN_H=1 HAVE_TMMINTRIN_H=1 HAVE_SMMINTRIN_H=1 HAVE_AVXINTRIN_H=1 HAVE_AVX2INTRIN_H=1)
    # How it asks the operating system whether AVX may be used. Elsewhere it means assembly, which is not built here.
    set_source_files_properties("${_from}/sodium/runtime.c" PROPERTIES COMPILE_DEFINITIONS HAVE_AVX_ASM=1)
  endif()
endif()
countersign_third_party(countersign_sodium)
