# Reads emsdk.env and deps.lock, the two files that pin everything from outside.

file(STRINGS "${PROJECT_SOURCE_DIR}/emsdk.env" _pins REGEX "^[A-Z0-9_]+=")
foreach(_pin IN LISTS _pins)
  string(REGEX MATCH "^([A-Z0-9_]+)=(.*)$" _ "${_pin}")
  set(PIN_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
endforeach()

file(STRINGS "${PROJECT_SOURCE_DIR}/deps.lock" _upstreams REGEX "^upstream ")
foreach(_line IN LISTS _upstreams)
  string(REGEX MATCH "^upstream +([a-z0-9]+) +([a-z]+) +([^ ]+) +([^ ]+)$" _ "${_line}")
  set(UPSTREAM_${CMAKE_MATCH_1}_KIND "${CMAKE_MATCH_2}")
  set(UPSTREAM_${CMAKE_MATCH_1}_FROM "${CMAKE_MATCH_3}")
  set(UPSTREAM_${CMAKE_MATCH_1}_HASH "${CMAKE_MATCH_4}")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS emsdk.env deps.lock)
