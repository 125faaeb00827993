#include "shell/session/sign_in.h"

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/store/projects.h"

namespace countersign::shell {

namespace {

constexpr std::string_view kRemembered = "desk/person";

std::string detail_of(const TransportResponse& response) {
    const auto json = parse_json(response.body);
    return json.ok() ? json.value().text_of("detail") : std::string();
}

Result<std::vector<ProjectChoice>> read_projects(const Json& json) {
    std::vector<ProjectChoice> out;
    Fields fields = CS_TRY(Fields::of(json, ""));
    const JsonArray* projects = CS_TRY(fields.list("projects", 10'000));
    for (const Json& project : *projects) {
        Fields one = CS_TRY(Fields::of(project, "projects"));
        const std::string id = CS_TRY(one.text("id"));
        out.push_back({id, CS_TRY(one.text_or("name", id))});
    }
    return out;
}

}  // namespace

SignInFlow::SignInFlow(store::Database& database, Transport& transport, const Texts& texts,
                       std::function<void()> changed)
    : database_(database),
      transport_(transport),
      texts_(texts),
      changed_(std::move(changed)),
      alive_(std::make_shared<int>(0)) {}

void SignInFlow::send(TransportRequest request, Answered answered) {
    busy_ = true;
    transport_.send(std::move(request),
                    [this, answered, alive = std::weak_ptr<int>(alive_)](Result<TransportResponse> result) {
                        if (alive.expired()) {
                            return;
                        }
                        busy_ = false;
                        reachable_ = result.ok();
                        if (result.ok()) {
                            (this->*answered)(result.value());
                        }
                        changed_();
                    });
}

void SignInFlow::start() {
    recall();
    ask_server();
}

void SignInFlow::ask_server() {
    send({"GET", "/api/v1/server", "", ""}, &SignInFlow::take_server);
}

void SignInFlow::take_server(const TransportResponse& response) {
    const auto json = parse_json(response.body);
    const Json* demo = json.ok() ? json.value().find("demo") : nullptr;
    demo_server_ = demo != nullptr && demo->boolean() != nullptr && *demo->boolean();
    send({"GET", "/api/v1/session", "", ""}, &SignInFlow::take_session);
}

void SignInFlow::take_session(const TransportResponse& response) {
    if (response.status == 401 || response.status == 403) {
        const bool tried = !password_.empty();
        if (!tried && person_) {
            // Remembered here, forgotten there: work goes on, and the demo needs no password.
            if (person_->demo && demo_server_) {
                send({"POST", "/api/v1/session/demo", "application/json", "{}"}, &SignInFlow::take_session);
            }
            return;
        }
        password_.clear();
        problem_ = tried ? detail_of(response) : std::string();
        person_.reset();
        return;
    }
    const auto json = parse_json(response.body);
    const Json* account = json.ok() ? json.value().find("account") : nullptr;
    if (response.status != 200 || account == nullptr || account->string() == nullptr) {
        const std::string detail = detail_of(response);
        problem_ = detail.empty() ? std::string(texts_(Text::sign_in_failed)) : detail;
        return;
    }
    const Json* demo = json.value().find("demo");
    person_ = Person{ActorId(*account->string()), demo != nullptr && demo->boolean() != nullptr && *demo->boolean(),
                     json.value().text_of("role")};
    password_.clear();
    problem_.clear();
    ++sign_ins_;
    send({"GET", "/api/v1/projects", "", ""}, &SignInFlow::take_projects);
}

void SignInFlow::take_projects(const TransportResponse& response) {
    const auto json = parse_json(response.body);
    auto projects = json.ok() ? read_projects(json.value()) : Result<std::vector<ProjectChoice>>(json.error());
    if (response.status == 200 && projects.ok()) {
        projects_ = std::move(projects).value();
        projects_known_ = true;
        remember();
    } else if (!projects_known_) {
        problem_ = detail_of(response);
        person_.reset();
    }
}

void SignInFlow::take_sign_out(const TransportResponse&) {
    person_.reset();
    remember();
}

void SignInFlow::signed_out_by_server() {
    if (person_) {
        ask_server();
    }
}

bool SignInFlow::handle(const Intent& intent) {
    if (const auto* name = std::get_if<intent::NameTyped>(&intent)) {
        name_ = name->name;
    } else if (const auto* password = std::get_if<intent::PasswordTyped>(&intent)) {
        password_ = password->password;
    } else if (std::get_if<intent::SignIn>(&intent) != nullptr) {
        sign_in();
    } else if (std::get_if<intent::OpenDemo>(&intent) != nullptr) {
        send({"POST", "/api/v1/session/demo", "application/json", "{}"}, &SignInFlow::take_session);
    } else if (std::get_if<intent::SignInAgain>(&intent) != nullptr) {
        person_.reset();
        ask_server();
    } else if (std::get_if<intent::SignOut>(&intent) != nullptr) {
        send({"DELETE", "/api/v1/session", "", ""}, &SignInFlow::take_sign_out);
    } else if (std::get_if<intent::TryAgain>(&intent) != nullptr && !person_) {
        ask_server();
    } else {
        return false;
    }
    return true;
}

void SignInFlow::sign_in() {
    if (name_.empty() || password_.empty()) {
        problem_ = std::string(texts_(Text::sign_in_incomplete));
        return;
    }
    JsonWriter body;
    body.begin_object().member("account", name_).member("password", password_).end_object();
    send({"POST", "/api/v1/session", "application/json", std::move(body).take()}, &SignInFlow::take_session);
}

void SignInFlow::fill(SignInModel& model) const {
    model.name = name_;
    model.password = password_;
    model.problem = problem_;
    model.busy = busy_;
    model.offline = !reachable_;
    model.is_demo = demo_server_;
    model.demo_words = demo_server_ ? std::string(texts_(Text::demo_words)) : std::string();
}

void SignInFlow::remember() const {
    JsonWriter writer;
    writer.begin_object()
        .member("name", person_ ? person_->name.text : std::string())
        .member("role", person_ ? person_->role : std::string())
        .member_bool("demo", person_ && person_->demo);
    writer.name("projects").begin_array();
    for (const ProjectChoice& project : projects_) {
        writer.begin_object().member("id", project.id).member("name", project.name).end_object();
    }
    writer.end_array().end_object();
    // A store that cannot be written shows itself with the first decision; forgetting who was here is the lesser harm.
    static_cast<void>(store::write_meta(database_, kRemembered, std::move(writer).take()).ok());
}

void SignInFlow::recall() {
    const auto known = store::read_meta(database_, kRemembered);
    const auto json = known.ok() && known.value() ? parse_json(*known.value()) : Result<Json>(Json());
    const Json* name = json.ok() ? json.value().find("name") : nullptr;
    if (name == nullptr || name->string() == nullptr || name->string()->empty()) {
        return;
    }
    const Json* demo = json.value().find("demo");
    person_ = Person{ActorId(*name->string()), demo != nullptr && demo->boolean() != nullptr && *demo->boolean(),
                     json.value().text_of("role")};
    auto projects = read_projects(json.value());
    if (projects.ok()) {
        projects_ = std::move(projects).value();
        projects_known_ = true;
    }
}

}  // namespace countersign::shell
