# Dear ImGui with our configuration (shell/imgui/config.h). The item hooks that the configuration switches on, and the
# arithmetic that drawing rests on, are ours and part of the library.
countersign_source(imgui _imgui)
add_library(countersign_imgui STATIC
  "${_imgui}/imgui.cpp" "${_imgui}/imgui_draw.cpp" "${_imgui}/imgui_tables.cpp" "${_imgui}/imgui_widgets.cpp")
target_include_directories(countersign_imgui SYSTEM PUBLIC "${_imgui}")
target_include_directories(countersign_imgui PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(countersign_imgui PUBLIC IMGUI_USER_CONFIG="shell/imgui/config.h")
target_compile_features(countersign_imgui PUBLIC cxx_std_20)
target_compile_options(countersign_imgui PRIVATE -fno-exceptions -fno-rtti $<$<CONFIG:Debug>:-O1>)
target_link_libraries(countersign_imgui PUBLIC countersign_platform PRIVATE countersign_base)
countersign_third_party(countersign_imgui)
# The hooks call back into shell/imgui/item_hooks.cpp, which needs Dear ImGui in turn.
target_link_libraries(countersign_imgui PUBLIC countersign_imgui_support)

add_library(countersign_imgui_opengl STATIC "${_imgui}/backends/imgui_impl_opengl3.cpp")
target_include_directories(countersign_imgui_opengl SYSTEM PUBLIC "${_imgui}/backends")
target_include_directories(countersign_imgui_opengl PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_options(countersign_imgui_opengl PRIVATE -fno-exceptions -fno-rtti)
target_link_libraries(countersign_imgui_opengl PUBLIC countersign_imgui PRIVATE ${CMAKE_DL_LIBS})
if(EMSCRIPTEN)
  target_compile_definitions(countersign_imgui_opengl PUBLIC IMGUI_IMPL_OPENGL_ES3)
  target_link_options(countersign_imgui_opengl PUBLIC -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2)
endif()
countersign_third_party(countersign_imgui_opengl)
