#pragma once
// The functions of OpenGL 3 that the window itself needs, looked up in the current context: nothing links a GL library.

#include <GL/glcorearb.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace countersign::desktop {

template <class Function>
Function load_gl(const char* name) {
    return reinterpret_cast<Function>(::glfwGetProcAddress(name));
}

}  // namespace countersign::desktop
