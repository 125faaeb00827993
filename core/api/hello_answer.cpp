// POST .../hello: a device and the server compare what each has of the device's stream, before anything is sent.
//
//   {"account":"ada","device":"<32 hex>","stream":"<device>.<epoch>","key":"<hex>","head":{"seq":41,"hash":"<hex>"},
//    "waiting":["msg-7",..],"reason":"first_contact","replaces":"<stream>"}
// Answer:
//   {"server":"..","incarnation":"..","origin":"..","now":<us>,"continues":N,"epochs":[{"incarnation":"..","continues":N}],
//    "stream":{"state":"open","compared":"same","head":{"seq","hash"},"saved":N,"stable":N,"beyond":["msg-9",..]},
//    "lost":[{"stream","announced","received","items"}],"checkpoint":".."}
// compared: "new", "same"; "server_behind" (send from there: a restored server is healed by it), "server_ahead" (this
// store was restored or copied: `beyond` names the items of what the server has besides), "other_branch" (two devices
// wrote one stream). After the last two a device begins a new stream and names the old one in "replaces".

#include <algorithm>

#include "core/api/answers.h"
#include "core/api/device_cookie.h"
#include "core/api/judge.h"
#include "core/api/receive.h"
#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/log/review_json.h"
#include "core/store/accounts.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/operations.h"
#include "core/store/record.h"

namespace countersign::api {

namespace {

constexpr size_t kItems = 1'000;
constexpr std::string_view kReasons[] = {"first_contact", "server_ahead", "other_branch", "copied", "upgraded"};

struct Hello {
    ActorId account;  // whose stream it is, as the device sees it; empty: whoever is signed in
    DeviceId device;
    StreamId stream;
    std::string key;
    store::StreamHead head;
    std::vector<ItemId> waiting;
    std::string reason;
    std::optional<StreamId> replaces;
};

bool is_hex(std::string_view text, size_t digits) {
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<Hello> read_hello(const std::string& body) {
    const Json json = CS_TRY(parse_json(body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Hello out;
    out.account = ActorId(CS_TRY(fields.text_or("account", "", {.min_bytes = 0, .max_bytes = 200})));
    out.device = DeviceId(CS_TRY(fields.text("device", {.max_bytes = 64})));
    out.stream = StreamId(CS_TRY(fields.text("stream", {.max_bytes = 100})));
    auto key = from_hex(CS_TRY(fields.text_or("key", "", {.min_bytes = 0, .max_bytes = 64})));
    if (!key.ok() || (!key.value().empty() && key.value().size() != 32)) {
        return fields.error("key", "is not a public key of 32 bytes in hexadecimal");
    }
    out.key = std::move(key).value();
    const Json* head_json = CS_TRY(fields.object("head"));
    Fields head = CS_TRY(Fields::of(*head_json, "head"));
    out.head.seq = static_cast<uint64_t>(CS_TRY(head.integer("seq", {.min = 0})));
    out.head.hash = CS_TRY(read_digest(head, "hash"));
    CS_TRY_STATUS(head.done());
    for (std::string& item : CS_TRY(fields.text_list("waiting", kItems))) {
        out.waiting.emplace_back(std::move(item));
    }
    out.reason = CS_TRY(fields.text_or("reason", kReasons[0], {.max_bytes = 40}));
    if (std::find(std::begin(kReasons), std::end(kReasons), out.reason) == std::end(kReasons)) {
        return fields.error("reason", "is not one of first_contact, server_ahead, other_branch, copied, upgraded");
    }
    if (fields.has("replaces")) {
        out.replaces = StreamId(CS_TRY(fields.text("replaces", {.max_bytes = 100})));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

// One device's hello on its way to an answer.
class Greeting {
public:
    Greeting(const Call& call, Workspace& workspace, store::ProjectRow project, Hello hello)
        : call_(call), workspace_(workspace), project_(std::move(project)), hello_(std::move(hello)) {}

    Status find_or_open();
    Status compare();
    Status look_for_lost_work();
    Result<Response> answer();

private:
    Status open_stream();
    Status close_replaced();
    Result<bool> device_head_is_known() const;
    Status list_beyond();

    store::Cause cause() { return {ActorId(call_.principal.actor), workspace_.clock.now(), {}}; }

    Status write_epochs(JsonWriter& writer, const store::ServerIdentity& server) const;
    void write_stream(JsonWriter& writer) const;

    const Call& call_;
    Workspace& workspace_;
    store::ProjectRow project_;
    Hello hello_;
    store::StreamRow stream_;
    std::string_view compared_ = "same";
    std::vector<std::string> beyond_;
    std::vector<WorkLost> lost_;
};

Status Greeting::open_stream() {
    const std::string& stream = hello_.stream.text;
    const bool well_formed = is_hex(hello_.device.text, 32) && stream.size() == 49 &&
                             stream.starts_with(hello_.device.text) && stream[32] == '.' &&
                             is_hex(std::string_view(stream).substr(33), 16);
    if (!well_formed) {
        return fail(ErrorCode::invalid_argument, "a stream is the device's 32 hex digits, a point, and 16 hex digits",
                    "stream");
    }
    if (hello_.key.empty()) {
        return fail(ErrorCode::invalid_argument, "a new stream needs the key that signs it", "key");
    }
    stream_.stream = hello_.stream;
    stream_.project_no = project_.no;
    stream_.account = call_.principal.actor;
    stream_.device = hello_.device;
    stream_.key = hello_.key;
    stream_.opened = workspace_.clock.now();
    const auto account = CS_TRY(store::find_account(workspace_.database, call_.principal.actor));
    if (!may(call_.principal, Right::review, project_.id.text) || (account && account->disabled)) {
        stream_.cut = 0;
    }
    compared_ = "new";
    CS_TRY(store::record_project_event(
        workspace_.database, project_,
        StreamOpened{stream_.account, stream_.device, stream_.stream, stream_.key, hello_.reason, hello_.replaces},
        cause()));
    CS_TRY_STATUS(store::save_project(workspace_.database, project_));
    CS_TRY_STATUS(store::add_stream(workspace_.database, stream_));
    return close_replaced();
}

Status Greeting::close_replaced() {
    if (!hello_.replaces) {
        return success();
    }
    auto old = CS_TRY(store::find_stream(workspace_.database, *hello_.replaces));
    if (old && old->account == stream_.account && old->state == store::StreamState::open) {
        old->state = store::StreamState::closed;
        return store::save_stream(workspace_.database, *old);
    }
    return success();
}

Status Greeting::find_or_open() {
    auto known = CS_TRY(store::find_stream(workspace_.database, hello_.stream));
    if (!known) {
        return open_stream();
    }
    stream_ = std::move(*known);
    if (stream_.account != call_.principal.actor || stream_.project_no != project_.no ||
        (!stream_.key.empty() && stream_.key != hello_.key)) {
        return fail(ErrorCode::forbidden, "this stream is another account's, another project's or another key's",
                    "stream");
    }
    return success();
}

// Whether the server has the device's newest operation, on whichever branch.
Result<bool> Greeting::device_head_is_known() const {
    if (hello_.head.seq == 0) {
        return true;
    }
    const auto known =
        CS_TRY(store::find_operation(workspace_.database, stream_.stream, hello_.head.seq, hello_.head.hash));
    return known.has_value();
}

// The items of what this stream holds here and this device does not know of.
Status Greeting::list_beyond() {
    const std::vector<store::OperationRow> rows =
        CS_TRY(store::stream_run(workspace_.database, stream_.stream, hello_.head.seq + 1, kItems));
    for (const store::OperationRow& row : rows) {
        if (!row.item.empty() && std::find(beyond_.begin(), beyond_.end(), row.item.text) == beyond_.end()) {
            beyond_.push_back(row.item.text);
        }
    }
    return success();
}

Status Greeting::compare() {
    if (compared_ != "new") {
        if (hello_.head == stream_.head) {
            compared_ = "same";
        } else if (hello_.head.seq > stream_.head.seq) {
            compared_ = "server_behind";  // the device looks whether its own operation there is this one
        } else {
            CS_TRY_STATUS(judge_stream(workspace_, project_, stream_.stream));
            compared_ = CS_TRY(device_head_is_known()) ? "server_ahead" : "other_branch";
            CS_TRY_STATUS(list_beyond());
        }
    }
    stream_.announced = std::max(stream_.announced, hello_.head.seq);
    JsonWriter waiting;
    waiting.begin_array();
    for (const ItemId& item : hello_.waiting) {
        waiting.text(item.text);
    }
    stream_.announced_items = std::move(waiting.end_array()).take();
    stream_.heard = workspace_.clock.now();
    return store::save_stream(workspace_.database, stream_);
}

// The browser was another device before: its store was thrown away, with what it had announced and never sent.
Status Greeting::look_for_lost_work() {
    const std::string_view before = device_cookie(call_.head, workspace_.settings);
    if (before.empty() || before == hello_.device.text) {
        return success();
    }
    for (store::StreamRow& old : CS_TRY(store::streams_of_device(workspace_.database, DeviceId(std::string(before))))) {
        const bool mine = old.account == call_.principal.actor && old.project_no == project_.no;
        if (!mine || old.announced <= old.head.seq) {
            continue;
        }
        WorkLost lost{old.stream, old.announced, old.head.seq, {}};
        const auto items = parse_json(old.announced_items);
        for (const Json& item : items.ok() && items.value().array() != nullptr ? *items.value().array() : JsonArray()) {
            lost.items.emplace_back(item.string() == nullptr ? std::string() : *item.string());
        }
        CS_TRY(store::record_project_event(workspace_.database, project_, lost, cause()));
        CS_TRY_STATUS(store::save_project(workspace_.database, project_));
        old.announced = old.head.seq;
        old.state = store::StreamState::closed;
        CS_TRY_STATUS(store::save_stream(workspace_.database, old));
        lost_.push_back(std::move(lost));
    }
    return success();
}

Status Greeting::write_epochs(JsonWriter& writer, const store::ServerIdentity& server) const {
    std::vector<store::EpochMark> epochs = CS_TRY(store::read_epochs(workspace_.database, project_));
    if (epochs.empty()) {
        epochs.push_back({server.incarnation(), 0});
    }
    writer.name("epochs").begin_array();
    for (const store::EpochMark& mark : epochs) {
        writer.begin_object().member("incarnation", mark.incarnation);
        writer.member("continues", static_cast<int64_t>(mark.continues)).end_object();
    }
    writer.end_array();
    return success();
}

void Greeting::write_stream(JsonWriter& writer) const {
    static constexpr std::string_view kStates[] = {"open", "closed", "forked", "revoked"};
    writer.name("stream").begin_object().member("state", kStates[static_cast<size_t>(stream_.state)]);
    writer.member("compared", compared_).name("head").begin_object();
    writer.member("seq", static_cast<int64_t>(stream_.head.seq)).member("hash", to_hex(stream_.head.hash)).end_object();
    if (stream_.cut) {
        writer.member("cut", static_cast<int64_t>(*stream_.cut));
    }
    writer.name("beyond").begin_array();
    for (const std::string& item : beyond_) {
        writer.text(item);
    }
    writer.end_array();
}

Result<Response> Greeting::answer() {
    const store::ServerIdentity server = CS_TRY(store::read_identity(workspace_.database));
    JsonWriter writer;
    writer.begin_object().member("server", server.server).member("incarnation", server.incarnation());
    writer.member("origin", server.origin(project_.id)).member("now", workspace_.clock.now().us);
    writer.member("continues", static_cast<int64_t>(CS_TRY(store::continues_at(workspace_.database, project_))));
    CS_TRY_STATUS(write_epochs(writer, server));
    write_stream(writer);
    const uint64_t stable = CS_TRY(stable_operation(workspace_.database, project_, stream_.stream));
    writer.member("stable", static_cast<int64_t>(stable)).end_object().name("lost").begin_array();
    for (const WorkLost& lost : lost_) {
        writer.begin_object().member("stream", lost.stream.text);
        writer.member("announced", static_cast<int64_t>(lost.announced));
        writer.member("received", static_cast<int64_t>(lost.received)).name("items").begin_array();
        for (const ItemId& item : lost.items) {
            writer.text(item.text);
        }
        writer.end_array().end_object();
    }
    writer.end_array();
    if (const auto checkpoint = CS_TRY(store::newest_checkpoint(workspace_.database, project_))) {
        writer.member("checkpoint", checkpoint->note);
    }
    Response response = json_response(200, std::move(writer.end_object()).take());
    response.headers.emplace_back("set-cookie", set_device_cookie(hello_.device, workspace_.settings));
    return response;
}

Result<Response> greet(const Call& call, Workspace& workspace) {
    if (call.principal.role == "token") {
        return fail(ErrorCode::forbidden, "devices are people's; a service token has none");
    }
    Hello hello = CS_TRY(read_hello(call.body));
    // Somebody else has signed in meanwhile, in another window of this browser: a stream would become theirs.
    if (!hello.account.empty() && hello.account != call.principal.actor) {
        return fail(ErrorCode::forbidden,
                    concat("this stream is '", hello.account.text.substr(0, 80), "'s; signed in is '",
                           call.principal.actor.text, "'"),
                    "account");
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    Greeting greeting(call, workspace, std::move(project), std::move(hello));
    CS_TRY_STATUS(greeting.find_or_open());
    CS_TRY_STATUS(greeting.compare());
    CS_TRY_STATUS(greeting.look_for_lost_work());
    Response response = CS_TRY(greeting.answer());
    CS_TRY_STATUS(transaction.commit());
    return response;
}

}  // namespace

Response post_hello(const Call& call, Workspace& workspace) {
    return or_problem(greet(call, workspace));
}

}  // namespace countersign::api
