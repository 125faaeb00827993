#pragma once
// The API by function call over a data folder that nobody serves, for the command line and for the desktop program: the
// same three functions of core/api/server.h that HTTP calls, without a socket.
//
// The folder is locked for as long as this lives. Thread: one at a time.

#include <memory>
#include <string>
#include <string_view>

#include "core/api/server.h"
#include "core/api/workspace.h"
#include "core/base/result.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"
#include "native/server/chores.h"
#include "native/server/data_folder.h"

namespace countersign::native {

class LocalApi {
public:
    // `holder` is what others read who find the folder in use: "a countersign command". Errors: unavailable when it is.
    static Result<std::unique_ptr<LocalApi>> open(const DataFolder& folder, std::string_view holder, bool demo = false);

    // Judges and seals what is left.
    ~LocalApi();
    LocalApi(const LocalApi&) = delete;
    LocalApi& operator=(const LocalApi&) = delete;

    // Stands for the folder's owner: all rights but review. For the header "authorization: Bearer ...".
    const std::string& token() const { return token_; }

    api::Workspace& workspace() { return workspace_; }

    // Plans, answers and writes; a refusal is a response, too. What a response's source gives is left to the caller.
    // After the disk refused a call (Database::broken), nothing but that is answered.
    api::Response answer(const api::RequestHead& head, const std::string& body);
    // The same with the source read to its end into the body.
    Result<api::Response> answer_whole(const api::RequestHead& head, const std::string& body);

private:
    LocalApi(FileLock lock, std::shared_ptr<SubjectKeys> keys, std::unique_ptr<store::Database> database, Chores chores,
             bool demo);

    api::Response answer_once(const api::RequestHead& head, const std::string& body);

    FileLock lock_;
    std::shared_ptr<SubjectKeys> keys_;
    std::unique_ptr<store::Database> database_;
    SystemClock clock_;
    SystemEntropy entropy_;
    Argon2Passwords passwords_;
    store::PolicyCache policies_;
    api::ServerSettings settings_;
    std::string token_;
    Chores chores_;
    api::Workspace workspace_;
};

// A head for the method and target ("/api/v1/x?a=b%20c"), read as the server reads it, as if it had come from this
// machine. Errors: invalid_argument when no server would take it.
Result<api::RequestHead> local_head(std::string_view method, std::string_view target);

}  // namespace countersign::native
