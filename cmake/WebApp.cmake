# countersign_web_app(NAME SITE FOLDER SOURCES... LIBRARIES...): a wasm module with its page, worker and service
# worker, as a folder of static files that any server can hand out (tools/web_assets.mjs puts it together).
#
# The module holds one implementation of web/entry/application.h. It runs in a dedicated worker, needs no thread, no
# SharedArrayBuffer, no file system of Emscripten's and no eval.

find_program(COUNTERSIGN_NODE node REQUIRED)

set(COUNTERSIGN_WEB_EXPORTS cs_buffer cs_start cs_input cs_frame cs_semantics cs_poke cs_storage_changed
    cs_use_renderer cs_transport_done cs_transport_failed cs_file_opened cs_file_refused cs_close)
list(TRANSFORM COUNTERSIGN_WEB_EXPORTS PREPEND "_" OUTPUT_VARIABLE _web_exports)
list(JOIN _web_exports "," _web_exports)

function(countersign_web_app name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SITE" "SOURCES;LIBRARIES")
  set(_imports "${PROJECT_SOURCE_DIR}/web/platform/imports.js")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE countersign_flags countersign_no_exceptions countersign_web_entry
                        countersign_web_sqlite_os countersign_sqlite ${arg_LIBRARIES})
  set_target_properties(${name} PROPERTIES SUFFIX ".mjs" LINK_DEPENDS "${_imports}")
  target_link_options(${name} PRIVATE
    --no-entry "--js-library=${_imports}" -sEXPORTED_FUNCTIONS=${_web_exports}
    -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createCountersign -sENVIRONMENT=worker
    -sINCOMING_MODULE_JS_API=instantiateWasm,printErr,print
    -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB
    -sEXPORTED_RUNTIME_METHODS=GL,HEAPU8 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0)

  file(GLOB_RECURSE _files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/page/*" "${PROJECT_SOURCE_DIR}/web/worker/*"
       "${PROJECT_SOURCE_DIR}/web/sw/*" "${PROJECT_SOURCE_DIR}/web/verify/*" "${PROJECT_SOURCE_DIR}/tools/web/*")
  set(_manifest "${PROJECT_BINARY_DIR}/${arg_SITE}/manifest.json")
  add_custom_command(OUTPUT "${_manifest}"
    COMMAND "${COUNTERSIGN_NODE}" "${PROJECT_SOURCE_DIR}/tools/web_assets.mjs" --module "$<TARGET_FILE:${name}>"
            --out "${PROJECT_BINARY_DIR}/${arg_SITE}"
    DEPENDS ${name} ${_files} "${PROJECT_SOURCE_DIR}/tools/web_assets.mjs"
    COMMENT "${arg_SITE}" VERBATIM)
  add_custom_target(${arg_SITE} ALL DEPENDS "${_manifest}")
endfunction()
