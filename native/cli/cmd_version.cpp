#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/policy/load.h"
#include "core/store/schema.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/server/serve.h"

namespace countersign::native {

void add_version(CLI::App& app, Run& run) {
    auto json = std::make_shared<bool>(false);
    CLI::App* command = app.add_subcommand("version", "Say which version this is, and of what it is made");
    command->add_flag("--json", *json, "Answer as JSON");
    command->callback([json, &run] {
        run = [json] {
            if (*json) {
                JsonWriter writer;
                writer.begin_object().member("version", version_text()).member("schema", store::kSchemaVersion);
                writer.member("policy_format", kPolicyFormat).member("sqlite", sqlite3_libversion()).end_object();
                print(std::move(writer).take());
            } else {
                print(concat("Countersign ", version_text(), " (store schema ", store::kSchemaVersion,
                             ", policy format ", kPolicyFormat, ", SQLite ", sqlite3_libversion(), ")"));
            }
            return 0;
        };
    });
}

}  // namespace countersign::native
