#include "tests/native/desktop/display.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include <dlfcn.h>

namespace countersign::desktop::test {

namespace {

// The numbers of an XWD file's head (X11/XWDFile.h), which stand there with the highest byte first.
struct Dump {
    std::string bytes;

    uint32_t number(size_t index) const {
        uint32_t out = 0;
        for (size_t i = 0; i < 4; ++i) {
            out = out << 8 | static_cast<unsigned char>(bytes.at(index * 4 + i));
        }
        return out;
    }

    size_t pixels_at() const { return number(0) + size_t{number(19)} * 12; }  // head, then colours of 12 bytes

    size_t height() const { return number(5); }

    size_t width() const { return number(4); }

    size_t row_bytes() const { return number(12); }
};

}  // namespace

std::optional<std::string> no_display() {
    if (!is_installed("Xvfb")) {
        return "Xvfb is not installed";
    }
    for (const char* library : {"libX11.so.6", "libXtst.so.6"}) {
        if (::dlopen(library, RTLD_NOW) == nullptr) {
            return std::string(library) + " is not installed";
        }
    }
    return std::nullopt;
}

Display::Display()
    : server_({"Xvfb", "-displayfd", "3", "-screen", "0", "1400x900x24", "-fbdir", folder_.path().string(), "-nolisten",
               "tcp"},
              {}) {
    REQUIRE(server_.says("\n", 0, 3));
    name_ = ":" + server_.said(3).substr(0, server_.said(3).find('\n'));
}

size_t Display::colours() const {
    std::ifstream file(folder_ / "Xvfb_screen0", std::ios::binary);
    const Dump dump{std::string(std::istreambuf_iterator<char>(file), {})};
    std::set<uint32_t> seen;
    for (size_t y = 0; y < dump.height(); ++y) {
        for (size_t x = 0; x < dump.width(); ++x) {
            uint32_t pixel = 0;
            std::memcpy(&pixel, dump.bytes.data() + dump.pixels_at() + y * dump.row_bytes() + x * 4, 4);
            seen.insert(pixel & 0xffffff);
        }
    }
    return seen.size();
}

struct FakeKeyboard::Functions {
    void* x11 = ::dlopen("libX11.so.6", RTLD_NOW);
    void* xtst = ::dlopen("libXtst.so.6", RTLD_NOW);

    using Open = void* (*)(const char*);
    using Close = int (*)(void*);
    using Sync = int (*)(void*, int);
    using SymbolOf = unsigned long (*)(const char*);
    using CodeOf = unsigned char (*)(void*, unsigned long);
    using FakeKey = int (*)(void*, unsigned int, int, unsigned long);

    Open open = reinterpret_cast<Open>(::dlsym(x11, "XOpenDisplay"));
    Close close = reinterpret_cast<Close>(::dlsym(x11, "XCloseDisplay"));
    Sync sync = reinterpret_cast<Sync>(::dlsym(x11, "XSync"));
    SymbolOf symbol_of = reinterpret_cast<SymbolOf>(::dlsym(x11, "XStringToKeysym"));
    CodeOf code_of = reinterpret_cast<CodeOf>(::dlsym(x11, "XKeysymToKeycode"));
    FakeKey fake_key = reinterpret_cast<FakeKey>(::dlsym(xtst, "XTestFakeKeyEvent"));
};

const FakeKeyboard::Functions& FakeKeyboard::functions() {
    static const Functions all;
    return all;
}

FakeKeyboard::FakeKeyboard(const Display& display) : connection_(functions().open(display.name().c_str())) {
    REQUIRE(connection_ != nullptr);
}

FakeKeyboard::~FakeKeyboard() {
    functions().close(connection_);
}

void FakeKeyboard::change(const char* key, bool down) {
    const Functions& x = functions();
    const unsigned char code = x.code_of(connection_, x.symbol_of(key));
    INFO(key);
    REQUIRE(code != 0);
    x.fake_key(connection_, code, down ? 1 : 0, 0);
    x.sync(connection_, 0);
}

void FakeKeyboard::press(const char* key, const char* with) {
    if (with != nullptr) {
        change(with, true);
    }
    change(key, true);
    change(key, false);
    if (with != nullptr) {
        change(with, false);
    }
}

void FakeKeyboard::type(std::string_view text) {
    for (const char c : text) {
        press(c == ' ' ? "space" : std::string(1, c).c_str());
    }
}

}  // namespace countersign::desktop::test
