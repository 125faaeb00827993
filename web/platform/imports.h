#pragma once
// What C++ asks of JavaScript: each function is one line in web/platform/imports.js, which calls the object that the
// worker hands to the module (web/worker/platform.js). Tests implement them natively.
//
// Contract: texts are UTF-8, pointer and length; nothing is kept of them after the call. All return at once.

#include <cstddef>
#include <cstdint>

extern "C" {

// Time and chance.
double cs_js_now_ms();        // Unix time
double cs_js_monotonic_ms();  // since the worker began
void cs_js_random(uint8_t* out, size_t count);

// The page.
void cs_js_set_cursor(int shape);
void cs_js_set_text_input(int on, float x, float y, float line_height, int multiline);
void cs_js_write_clipboard(const char* text, size_t size);
void cs_js_set_location(const char* text, size_t size, int replace);
void cs_js_set_title(const char* text, size_t size);
void cs_js_announce(const char* text, size_t size);
// `record`: name (text), bytes (text).
void cs_js_save_file(const char* record, size_t size);
// The person chooses a file; cs_file_opened() or cs_file_refused() follows, or nothing.
void cs_js_open_file(const char* ending, size_t size);
void cs_js_want_frame(uint32_t delay_ms);
// The tree differs from the one shown last; cs_semantics() is called back when a patch is wanted.
void cs_js_semantics_changed();
void cs_js_show_semantics(const char* patch, size_t size);
// Something ended that cannot go on: a sentence for the person.
void cs_js_failed(const char* sentence, size_t size);

// The server. `record`: method, path, content type, body (texts).
void cs_js_send(uint32_t id, const char* record, size_t size);
void cs_js_follow(const char* path, size_t size);
// Whose page this is ("review.example.org:8080"), at most `room` bytes; returns how many.
size_t cs_js_server_name(char* out, size_t room);

// Pixels: rows of RGBA; `rects` are `count` times x, y, width, height.
void cs_js_present(const uint8_t* rgba, int width, int height, const int32_t* rects, size_t count);

// The store's files, opened before the module started: slot 0 database, 1 rollback journal, 2 write-ahead log. Each
// returns a negative number when the browser refused; a write -1 when its quota is used up.
int cs_js_file_read(int slot, uint8_t* out, int count, double at);  // bytes read
int cs_js_file_write(int slot, const uint8_t* bytes, int count, double at);
int cs_js_file_truncate(int slot, double size);
int cs_js_file_flush(int slot);
double cs_js_file_size(int slot);
}
