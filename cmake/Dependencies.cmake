# Third-party source: what tools/setup.sh laid out, else FetchContent of upstream's archive with the hash in deps.lock.

include(FetchContent)
set(COUNTERSIGN_SOURCES "${PROJECT_SOURCE_DIR}/.toolchain/sources" CACHE PATH
    "third-party source laid out by tools/setup.sh")

# countersign_source(NAME OUT): sets OUT to the folder that holds the source of NAME.
function(countersign_source name out)
  if(EXISTS "${COUNTERSIGN_SOURCES}/${name}")
    set(${out} "${COUNTERSIGN_SOURCES}/${name}" PARENT_SCOPE)
    return()
  endif()
  if(UPSTREAM_${name}_KIND STREQUAL "git")
    FetchContent_Declare(countersign_${name} GIT_REPOSITORY "${UPSTREAM_${name}_FROM}"
                         GIT_TAG "${UPSTREAM_${name}_HASH}" SOURCE_SUBDIR _none)
  else()
    FetchContent_Declare(countersign_${name} URL "${UPSTREAM_${name}_FROM}"
                         URL_HASH "SHA256=${UPSTREAM_${name}_HASH}" DOWNLOAD_EXTRACT_TIMESTAMP ON SOURCE_SUBDIR _none)
  endif()
  message(STATUS "${name}: from upstream (pinned in deps.lock)")
  FetchContent_MakeAvailable(countersign_${name})
  set(${out} "${countersign_${name}_SOURCE_DIR}" PARENT_SCOPE)
endfunction()

# countersign_third_party(TARGET): no warnings of ours, no checks of ours, system includes.
function(countersign_third_party target)
  target_compile_options(${target} PRIVATE -w)
  set_target_properties(${target} PROPERTIES C_CLANG_TIDY "" CXX_CLANG_TIDY "" EXPORT_COMPILE_COMMANDS OFF)
endfunction()
