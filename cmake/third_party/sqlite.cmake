# SQLite from one amalgamation for native and web. Not the system's: versions before 3.51.3 can corrupt a WAL database
# when two connections write or checkpoint at the same instant.
countersign_source(sqlite3 _sqlite)
add_library(countersign_sqlite STATIC "${_sqlite}/sqlite3.c")
target_include_directories(countersign_sqlite SYSTEM PUBLIC "${_sqlite}")
target_compile_definitions(countersign_sqlite
  PUBLIC SQLITE_ENABLE_PREUPDATE_HOOK SQLITE_ENABLE_SESSION
  PRIVATE SQLITE_DQS=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
          SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_ENABLE_FTS5 SQLITE_ENABLE_MATH_FUNCTIONS SQLITE_TEMP_STORE=3
          SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_MMAP_SIZE=0
          SQLITE_DEFAULT_WAL_SYNCHRONOUS=2)
if(EMSCRIPTEN)
  # One thread; the file system is ours (web/store), there is no other.
  target_compile_definitions(countersign_sqlite PRIVATE SQLITE_THREADSAFE=0)
  if(COUNTERSIGN_WEB_APP)
    target_compile_definitions(countersign_sqlite PRIVATE SQLITE_OS_OTHER=1)
  endif()
else()
  target_compile_definitions(countersign_sqlite PRIVATE SQLITE_THREADSAFE=2)
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # It flushes a file's bytes and its size, which is all that a commit needs.
    target_compile_definitions(countersign_sqlite PRIVATE HAVE_FDATASYNC=1)
  endif()
  target_link_libraries(countersign_sqlite PUBLIC ${CMAKE_DL_LIBS} m)
endif()
target_compile_options(countersign_sqlite PRIVATE $<$<CONFIG:Debug>:-O1>)
countersign_third_party(countersign_sqlite)
