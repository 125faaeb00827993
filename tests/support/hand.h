#pragma once
// A device by hand: operations, hellos and pushes are made line by line, so that tests can spoil them. It has a project
// "city" with the items msg-1 and msg-2 on a server, and a stream of ada's.

#include <string>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/json/json.h"
#include "core/log/operation.h"
#include "core/log/push_body.h"
#include "core/model/item_state.h"
#include "core/store/operations.h"
#include "core/store/streams.h"
#include "tests/support/server.h"

namespace countersign::testing {

class Hand {
public:
    explicit Hand(TestServer& server, std::string account = "ada", uint64_t seed = 5);

    // The next operation of the stream; spoil it, then seal() it.
    Operation operation(std::string_view item, CommandBody command);
    // As the last of the batch that push() sends.
    void seal(const Operation& operation, std::vector<CommittedText> texts = {});
    void seal_bytes(std::string bytes, std::vector<CommittedText> texts = {});

    void seal(std::string_view item, CommandBody command, std::vector<CommittedText> texts = {}) {
        seal(operation(item, std::move(command)), std::move(texts));
    }

    // An acceptance of what is predicted now.
    SubmitReview review(std::string_view item);

    CommittedText text(std::string_view domain, std::string words) {
        return commit_text(domain, entropy.bytes(kTextKey_bytes), std::move(words));
    }

    PushBody batch();  // signed; what was sealed since the last one
    TestServer::Answer send(const PushBody& push, std::string_view path = "operations");
    // Batch and send; the stream's head moves when it was taken.
    TestServer::Answer push();
    Json hello(std::string_view reason = "");
    std::string hello_body(std::string_view reason = "") const;
    // Of the decision as the server has it; the test fails when it has none.
    store::OperationRow row(const OperationId& id) const;
    ItemState state(std::string_view item) const;
    void sign_in();

    OperationId last;  // of the operation that was sealed last

    TestServer& server;
    ActorId account;
    SeededEntropy entropy;
    DeviceId device;
    StreamId stream;
    store::StreamHead head;  // of what was sealed

private:
    crypto::SigningKey key() const { return crypto::SigningKey::from_seed(seed_).value(); }

    std::string seed_;
    std::vector<PushedOperation> sealed_;
    store::StreamHead sent_;
    TestServer::Cookies cookies_;
};

// The project, its two items.
void set_up_city(TestServer& server);

}  // namespace countersign::testing
