// What the worker may call (web/worker/module.js does). Numbers and one buffer: a caller asks cs_buffer() for room,
// writes there, and passes the size on; the bytes are good until the next cs_buffer().

#include <string>

#include "web/entry/instance.h"
#include "web/platform/imports.h"
#include "web/wire/records.h"

namespace {

using namespace countersign;

web::Instance& instance() {
    static web::Instance running;
    return running;
}

std::string& buffer() {
    static std::string bytes;
    return bytes;
}

// 1 when it went well; else the sentence has been handed to JavaScript.
int told(const Status& status) {
    if (status.ok()) {
        return 1;
    }
    const std::string sentence = status.error().text();
    cs_js_failed(sentence.data(), sentence.size());
    return 0;
}

shell::StorageStanding standing(int kind, int kept) {
    CS_CHECK(kind >= 0 && kind <= static_cast<int>(shell::StorageKind::memory));
    return {static_cast<shell::StorageKind>(kind), kept != 0};
}

// A record of content type and body, as module.js wrote it.
Result<TransportResponse> read_response(int status, std::string_view record) {
    web::RecordReader reader(record);
    TransportResponse response;
    response.status = status;
    response.content_type = CS_TRY(reader.text());
    response.body = CS_TRY(reader.text());
    return response;
}

}  // namespace

extern "C" {

char* cs_buffer(size_t size) {
    buffer().resize(size);
    return buffer().data();
}

int cs_start(int storage_kind, int kept) {
    return told(instance().start(standing(storage_kind, kept)));
}

int cs_input() {
    return told(instance().input(buffer()));
}

void cs_frame() {
    instance().frame();
}

void cs_semantics() {
    instance().host().send_semantics();
}

void cs_poke() {
    instance().poke();
}

void cs_storage_changed(int storage_kind, int kept) {
    instance().storage_changed(standing(storage_kind, kept));
}

void cs_use_renderer(int webgl2) {
    instance().use_renderer(webgl2 != 0 ? web::RendererKind::webgl2 : web::RendererKind::cpu);
}

int cs_transport_done(uint32_t id, int status) {
    auto response = read_response(status, buffer());
    if (!response.ok()) {
        return told(response.error());
    }
    instance().transport().answered(id, std::move(response).value());
    return 1;
}

// The buffer holds a sentence.
void cs_transport_failed(uint32_t id) {
    const std::string sentence = buffer();
    instance().transport().failed(id, sentence);
}

// The buffer holds a file that the person chose: name and bytes.
int cs_file_opened() {
    web::RecordReader reader(buffer());
    const auto name = reader.text();
    const auto bytes = name.ok() ? reader.text() : name;
    if (!bytes.ok()) {
        return told(bytes.error());
    }
    instance().file({std::string(name.value()), std::string(bytes.value()), {}});
    return 1;
}

// The buffer holds its name and a sentence why it was not read.
int cs_file_refused() {
    web::RecordReader reader(buffer());
    const auto name = reader.text();
    const auto why = name.ok() ? reader.text() : name;
    if (!why.ok()) {
        return told(why.error());
    }
    instance().file({std::string(name.value()), {}, std::string(why.value())});
    return 1;
}

int cs_close() {
    return told(instance().close());
}
}
