#include "core/bundle/bundle_lines.h"

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/verify/bundle.h"

namespace countersign::bundle {

namespace {

std::string finished(JsonWriter writer) {
    return std::move(writer.end_object()).take() + '\n';
}

JsonWriter begun() {
    JsonWriter writer(JsonWriter::Order::sorted);
    writer.begin_object();
    return writer;
}

}  // namespace

std::string head_line(Instant made, std::string_view project, std::string_view server) {
    JsonWriter writer = begun();
    writer.member("bundle", verify::kBundleVersion).member("made", made.us);
    writer.member("project", project).member("server", server);
    return finished(std::move(writer));
}

std::string key_line(std::string_view vkey) {
    JsonWriter writer = begun();
    writer.member("key", vkey);
    return finished(std::move(writer));
}

std::string leaf_line(std::string_view leaf) {
    return concat("{\"leaf\":", leaf, "}\n");
}

std::string checkpoint_line(std::string_view note) {
    JsonWriter writer = begun();
    writer.member("checkpoint", note);
    return finished(std::move(writer));
}

std::string text_line(const CommittedText& text, std::string_view domain) {
    JsonWriter writer = begun();
    writer.name("text").begin_object().member("commitment", to_hex(text.commitment)).member("domain", domain);
    writer.member("key", to_hex(text.key)).member("text", text.text).end_object();
    return finished(std::move(writer));
}

std::string end_line(uint64_t leaves, const Digest& before) {
    JsonWriter writer = begun();
    writer.name("end").begin_object().member("leaves", static_cast<int64_t>(leaves));
    writer.member("sha256", to_hex(before)).end_object();
    return finished(std::move(writer));
}

}  // namespace countersign::bundle
