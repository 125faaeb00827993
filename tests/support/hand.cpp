#include "tests/support/hand.h"

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/store/items.h"
#include "core/store/ledger.h"

namespace countersign::testing {

void set_up_city(TestServer& server) {
    server.create_project("city", sample_policy());
    server.ingest("city", sample_line("msg-1", "A hole in the road", "pothole", "0.71") +
                              sample_line("msg-2", "Größte Eile ☂", "pothole", "0.71"));
}

Hand::Hand(TestServer& s, std::string name, uint64_t seed)
    : server(s),
      account(std::move(name)),
      entropy(seed),
      device(to_hex(entropy.bytes(16))),
      stream(device.text + "." + to_hex(entropy.bytes(8))),
      seed_(entropy.bytes(crypto::kSeed_bytes)) {}

void Hand::sign_in() {
    server.cookies = cookies_;
    server.sign_in(account.text, "reviewer");
    cookies_ = server.cookies;
}

Operation Hand::operation(std::string_view item, CommandBody command) {
    Operation out;
    out.stream = stream;
    out.seq = head.seq + 1;
    out.prev = head.hash;
    out.id = OperationId(make_uuid(entropy, 1'000 + static_cast<int64_t>(head.seq)));
    out.project = ProjectId("city");
    out.item = ItemId(std::string(item));
    out.actor = account;
    out.at = server.clock.now();
    out.command = std::move(command);
    return out;
}

void Hand::seal(const Operation& operation, std::vector<CommittedText> texts) {
    last = operation.id;
    seal_bytes(encode_operation(operation).value(), std::move(texts));
}

void Hand::seal_bytes(std::string bytes, std::vector<CommittedText> texts) {
    const Digest hash = operation_hash(bytes);
    sealed_.push_back({std::move(bytes), hash, std::move(texts)});
    head = {head.seq + 1, hash};
}

SubmitReview Hand::review(std::string_view item) {
    SubmitReview out;
    out.draft = {.verdict = Verdict::accept, .active_ms = 800};
    out.prediction = prediction_digest(state(item).current());
    out.policy = state(item).route().policy;
    return out;
}

PushBody Hand::batch() {
    PushBody out;
    out.stream = stream;
    out.from = sent_.seq + 1;
    out.prev = sent_.hash;
    out.announced = head.seq;
    out.operations = std::move(sealed_);
    sealed_.clear();
    sent_ = head;
    out.signature = key().sign(signed_head(stream, head.seq, head.hash)).view();
    return out;
}

TestServer::Answer Hand::send(const PushBody& push, std::string_view path) {
    sign_in();
    const TestServer::Answer answer = server.ask("POST", "/api/v1/projects/city/" + std::string(path),
                                                 write_push_body(push, Elide::yes), "application/jsonl");
    cookies_ = server.cookies;
    return answer;
}

TestServer::Answer Hand::push() {
    const TestServer::Answer answer = send(batch());
    INFO(answer.body);
    CHECK(answer.status == 200);
    return answer;
}

std::string Hand::hello_body(std::string_view reason) const {
    JsonWriter writer;
    writer.begin_object().member("device", device.text).member("stream", stream.text);
    writer.member("key", to_hex(key().public_key().view())).name("head").begin_object();
    writer.member("seq", static_cast<int64_t>(head.seq)).member("hash", to_hex(head.hash)).end_object();
    if (!reason.empty()) {
        writer.member("reason", reason);
    }
    writer.name("waiting").begin_array();
    for (const PushedOperation& one : sealed_) {
        writer.text(read_envelope(one.bytes).value().item.text);
    }
    return std::move(writer.end_array().end_object()).take();
}

Json Hand::hello(std::string_view reason) {
    sign_in();
    const TestServer::Answer answer = server.ask("POST", "/api/v1/projects/city/hello", hello_body(reason));
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    cookies_ = server.cookies;
    return parse_json(answer.body).value();
}

store::OperationRow Hand::row(const OperationId& id) const {
    const auto found = store::find_operation(*server.database, id).value();
    REQUIRE(found);
    return *found;
}

ItemState Hand::state(std::string_view item) const {
    const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
    const ItemId id{std::string(item)};
    return store::load_state(*server.database, id, store::find_item(*server.database, project, id).value()).value();
}

}  // namespace countersign::testing
