# Several sources of one target are compiled as one: two thirds of a compilation are the same headers again and again,
# and a clean build takes 40 % of the time. Sources that say the same name for different things in their unnamed
# namespaces cannot share: cmake/alone.txt lists them.
#
# Who works on the sources turns it off (preset debug, or -DCOUNTERSIGN_UNITY=OFF): then a change compiles one file, and
# a source that lives by another one's includes is found.
option(COUNTERSIGN_UNITY "compile several sources of a target as one" ON)
set(COUNTERSIGN_UNITY_BATCH 8 CACHE STRING "how many sources are compiled as one")
mark_as_advanced(COUNTERSIGN_UNITY_BATCH)
set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS cmake/alone.txt)
file(STRINGS cmake/alone.txt COUNTERSIGN_ALONE REGEX "^[^#]")
# A mutant's object takes the place of one source's in its library (tests/sim/CMakeLists.txt), not of eight.
file(STRINGS tests/sim/mutants.json COUNTERSIGN_MUTATED REGEX "\"file\":")
list(TRANSFORM COUNTERSIGN_MUTATED REPLACE ".*\"file\": *\"([^\"]*)\".*" "\\1")
list(APPEND COUNTERSIGN_ALONE ${COUNTERSIGN_MUTATED})

# countersign_unity(TARGET): for the folder's CMakeLists.txt that made the target.
function(countersign_unity target)
  if(NOT COUNTERSIGN_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${COUNTERSIGN_UNITY_BATCH})
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    if("${folder}/${source}" IN_LIST COUNTERSIGN_ALONE)
      set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()
