#include "tests/support/log_maker.h"

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/checkpoint.h"
#include "core/log/note.h"

namespace countersign::testing {

namespace {

JsonWriter canonical() {
    return JsonWriter(JsonWriter::Order::sorted);
}

std::string one_member(std::string_view name, std::string_view json) {
    return concat("{\"", name, "\":", json, '}');
}

std::string quoted(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

Digest operation_hash_of(std::string_view bytes) {
    return sha256(std::string_view("countersign-op1\0", 16), bytes);
}

}  // namespace

std::string line_of(const BundlePart& part) {
    switch (part.kind) {
        case BundlePart::Kind::leaf: return one_member("leaf", part.bytes);
        case BundlePart::Kind::checkpoint: return one_member("checkpoint", quoted(part.bytes));
        case BundlePart::Kind::key: return one_member("key", quoted(part.bytes));
        case BundlePart::Kind::head:
        case BundlePart::Kind::text: break;
    }
    return part.bytes;
}

std::string end_line(uint64_t leaves, const Digest& before) {
    return concat(R"({"end":{"leaves":)", leaves, R"(,"sha256":")", to_hex(before), "\"}}\n");
}

std::string render(const std::vector<BundlePart>& parts) {
    std::string out;
    uint64_t leaves = 0;
    for (const BundlePart& part : parts) {
        out += concat(line_of(part), '\n');
        leaves += part.kind == BundlePart::Kind::leaf ? 1 : 0;
    }
    return out + end_line(leaves, sha256(out));
}

crypto::SigningKey key_from(std::string_view name) {
    return crypto::SigningKey::from_seed(sha256("key of ", name).view()).value();
}

LogMaker::LogMaker(uint64_t seed, Sink sink) : entropy(seed), sink_(std::move(sink)) {}

void LogMaker::begin(int version) {
    JsonWriter head = canonical();
    head.begin_object().member("bundle", int64_t{1}).member("made", int64_t{1'800'000'000'000'000});
    head.member("project", kProject).member("server", kServer).end_object();
    sink_({BundlePart::Kind::head, std::move(head).take(), {}});
    sink_({BundlePart::Kind::key, vkey_text(note_key(origin(), server_key().public_key())), {}});
    leaf({.type = "project_created", .body = R"({"name":"City service"})", .actor = "admin", .version = version});
}

int64_t LogMaker::tick() {
    now_us_ += 1 + entropy.below(int64_t{2'000'000});
    return now_us_;
}

std::string LogMaker::uuid() {
    std::string hex = to_hex(entropy.bytes(16));
    for (const size_t at : {8U, 13U, 18U, 23U}) {
        hex.insert(at, "-");
    }
    return hex;
}

std::string LogMaker::origin() const {
    return origin_text({std::string(kServer), std::string(kProject), epoch_});
}

void LogMaker::leaf(const Leaf& leaf) {
    JsonWriter writer = canonical();
    writer.begin_object().member("actor", leaf.actor).member("at", tick()).name("body").raw(leaf.body);
    if (!leaf.item.empty()) {
        writer.member("item", leaf.item);
    }
    if (!leaf.op.empty()) {
        writer.name("op").raw(leaf.version == 1 ? quoted(leaf.op) : leaf.op);
    }
    writer.member("project", kProject).member("seq", static_cast<int64_t>(tree_.size() + 1));
    if (!leaf.sig.empty()) {
        writer.member("sig", leaf.sig);
    }
    writer.member("type", leaf.type).member("v", int64_t{leaf.version}).end_object();
    std::string bytes = std::move(writer).take();
    tree_.append(leaf_hash(bytes));
    sink_({BundlePart::Kind::leaf, std::move(bytes), {}});
}

CommittedText LogMaker::item(const std::string& id, int version) {
    JsonWriter document;
    document.begin_object().name("input").begin_object().member("text",
                                                                concat("Report ", id, ": \"dark\" since Monday"));
    document.end_object().name("metadata").begin_object().end_object().end_object();
    CommittedText text = commit_text(kDocumentDomain, entropy.bytes(kCommitmentKey_bytes), std::move(document).take());
    JsonWriter body = canonical();
    body.begin_object().member("document", to_hex(text.commitment)).name("prediction").begin_object();
    body.member("confidence_ppm", entropy.below(int64_t{1'000'000}))
        .member("label", "street_light")
        .member("model", "m-1");
    body.name("scores").raw(R"([["street_light",900000],["flooding",100000]])").end_object();
    body.name("route").begin_object().member("kind", "full").member("policy", to_hex(sha256("policy")));
    body.member("reviewers", int64_t{1}).member("route", "rest").member("tier", "full").end_object().end_object();
    leaf(
        {.type = "item_ingested", .body = std::move(body).take(), .actor = "pipeline", .item = id, .version = version});
    return text;
}

void LogMaker::old_review(const std::string& item) {
    JsonWriter body = canonical();
    body.begin_object().member("active_ms", int64_t{4'000}).name("answers").begin_array().end_array();
    body.member("label", "street_light").member("review", uuid()).member("verdict", "accept").end_object();
    leaf({.type = "review_submitted",
          .body = std::move(body).take(),
          .actor = "ada",
          .item = item,
          .op = to_hex(sha256(entropy.bytes(8))),
          .version = 1});
}

MadeStream LogMaker::open_stream(const std::string& account, const std::string& replaces) {
    MadeStream stream;
    const std::string device = to_hex(entropy.bytes(16));
    stream.name = concat(device, '.', to_hex(entropy.bytes(8)));
    stream.account = account;
    stream.key_name = concat("stream ", ++streams_);
    JsonWriter body = canonical();
    body.begin_object().member("account", account).member("device", device);
    body.member("key", to_hex(key_from(stream.key_name).public_key().view())).member("reason", "enrolled");
    if (!replaces.empty()) {
        body.member("replaces", replaces);
    }
    body.member("stream", stream.name).end_object();
    leaf({.type = "stream_opened", .body = std::move(body).take(), .actor = account});
    return stream;
}

std::string LogMaker::signature_of(const MadeStream& stream) const {
    return to_hex(
        key_from(stream.key_name)
            .sign(concat("countersign-head1\n", stream.name, '\n', stream.seq, '\n', to_hex(stream.head), '\n'))
            .view());
}

std::string LogMaker::operation(MadeStream& stream, const Review& review, std::vector<CommittedText>& texts) {
    JsonWriter body = canonical();
    body.begin_object().member("active_ms", entropy.below(int64_t{60'000})).name("answers").begin_array();
    body.begin_object().member("question", "danger").member("value", "no").end_object().end_array();
    body.name("codes").raw(R"(["wording"])").member("label", "drain").name("lease").begin_object();
    body.member("fence", entropy.below(int64_t{100'000})).member("slot", int64_t{0}).end_object();
    body.member("policy", to_hex(sha256("policy"))).member("prediction", to_hex(sha256(review.item)));
    if (!review.rationale.empty()) {
        texts.push_back(commit_text(kRationaleDomain, entropy.bytes(kCommitmentKey_bytes), review.rationale));
        body.member("text", to_hex(texts.back().commitment));
    }
    body.member("verdict", "correct").end_object();
    JsonWriter op = canonical();
    op.begin_object()
        .member("actor", review.claims.empty() ? stream.account : review.claims)
        .member("at", now_us_)
        .name("body")
        .raw(std::move(body).take());
    op.member("item", review.item).member("mono_ms", now_us_ / 1'000).member("offset_ms", int64_t{-12});
    op.member("op", uuid()).member("prev", to_hex(stream.head)).member("project", kProject);
    if (!review.seen.empty()) {
        op.name("seen").raw(review.seen);
    }
    op.member("seq", static_cast<int64_t>(++stream.seq)).member("stream", stream.name);
    op.member("type", "submit_review").member("v", int64_t{2}).end_object();
    std::string bytes = std::move(op).take();
    stream.head = operation_hash_of(bytes);
    return bytes;
}

std::vector<CommittedText> LogMaker::push(MadeStream& stream, const std::vector<Review>& reviews) {
    std::vector<CommittedText> texts;
    for (size_t i = 0; i < reviews.size(); ++i) {
        std::string op = operation(stream, reviews[i], texts);
        leaf({.type = "review_submitted",
              .body = R"({"standing":"effective"})",
              .actor = stream.account,
              .item = reviews[i].item,
              .op = std::move(op),
              .sig = i + 1 == reviews.size() ? signature_of(stream) : std::string()});
    }
    return texts;
}

void LogMaker::unreadable(MadeStream& stream, bool sign) {
    stream.head = operation_hash_of(entropy.bytes(40));
    ++stream.seq;
    leaf({.type = "operation_quarantined",
          .body = quarantined(stream, "line 1, column 3: not valid JSON"),
          .actor = stream.account,
          .sig = sign ? signature_of(stream) : std::string()});
}

std::string LogMaker::quarantined(const MadeStream& stream, std::string_view reason) const {
    JsonWriter body = canonical();
    body.begin_object().member("code", "invalid_argument").member("hash", to_hex(stream.head));
    body.member("reason", reason).member("seq", static_cast<int64_t>(stream.seq));
    return std::move(body.member("stream", stream.name).end_object()).take();
}

void LogMaker::without_effect(MadeStream& stream, const Review& review, std::string_view type) {
    std::vector<CommittedText> texts;
    std::string op = operation(stream, review, texts);
    const bool waits = type == "operation_quarantined";
    leaf({.type = std::string(type),
          .body = waits ? quarantined(stream, "it is not signed") : concat(R"({"op":")", uuid(), "\"}"),
          .actor = stream.account,
          .item = review.item,
          .op = std::move(op)});
}

MadeStream LogMaker::old_stream(const std::string& account, uint64_t seq) {
    MadeStream stream;
    stream.name = concat(to_hex(entropy.bytes(16)), '.', to_hex(entropy.bytes(8)));
    stream.account = account;
    stream.seq = seq;
    stream.head = sha256(entropy.bytes(8));
    return stream;
}

void LogMaker::old_operation(MadeStream& stream, const std::string& item) {
    JsonWriter op = canonical();
    op.begin_object().member("actor", stream.account).member("at", now_us_).name("body").begin_object();
    op.member("review", uuid()).end_object().member("item", item).member("op", uuid());
    op.member("prev", to_hex(stream.head)).member("project", kProject);
    op.member("seq", static_cast<int64_t>(++stream.seq)).member("stream", stream.name);
    op.member("type", "withdraw_review").member("v", int64_t{1}).end_object();
    std::string bytes = std::move(op).take();
    stream.head = operation_hash_of(bytes);
    leaf({.type = "review_withdrawn",
          .body = concat(R"({"review":")", uuid(), R"(","reviewer":")", stream.account, "\"}"),
          .actor = stream.account,
          .item = item,
          .op = std::move(bytes)});
}

std::string LogMaker::seen() const {
    return seen_;
}

void LogMaker::forked(const MadeStream& stream, uint64_t seq) {
    JsonWriter body = canonical();
    body.begin_object().member("seq", static_cast<int64_t>(seq)).member("stream", stream.name).end_object();
    leaf({.type = "stream_forked", .body = std::move(body).take()});
}

void LogMaker::erase(const std::vector<Digest>& commitments) {
    JsonWriter body = canonical();
    body.begin_object().member("approved_by", "lea").name("commitments").begin_array();
    for (const Digest& commitment : commitments) {
        body.text(to_hex(commitment));
    }
    body.end_array().member("ground", "request of the person").end_object();
    leaf({.type = "subject_erased", .body = std::move(body).take(), .actor = "admin"});
}

void LogMaker::start_epoch(uint64_t number) {
    JsonWriter body = canonical();
    body.begin_object().name("continues").begin_object().member("origin", origin());
    body.member("root", to_hex(tree_.root())).member("size", static_cast<int64_t>(tree_.size())).end_object();
    body.member("epoch", concat(number, '-', to_hex(entropy.bytes(8)))).end_object();
    leaf({.type = "epoch_started", .body = std::move(body).take()});
    epoch_ = number;
    sink_({BundlePart::Kind::key, vkey_text(note_key(origin(), server_key().public_key())), {}});
}

void LogMaker::checkpoint() {
    seen_ = concat(R"({"epoch":)", epoch_, R"(,"root":")", to_hex(tree_.root()), R"(","size":)", tree_.size(), '}');
    const std::string note = sign_checkpoint({origin(), {tree_.size(), tree_.root()}}, server_key()).value();
    sink_({BundlePart::Kind::checkpoint, note, origin()});
}

void LogMaker::text(const CommittedText& text, std::string_view domain) {
    JsonWriter line = canonical();
    line.begin_object()
        .name("text")
        .begin_object()
        .member("commitment", to_hex(text.commitment))
        .member("domain", domain);
    line.member("key", to_hex(text.key)).member("text", text.text).end_object().end_object();
    sink_({BundlePart::Kind::text, std::move(line).take(), {}});
}

}  // namespace countersign::testing
