#pragma once
// Where a person's files lie on this machine, by the XDG conventions (basedir-spec 0.8, user-dirs): looked up in an
// environment that is handed in, so that tests have their own.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::desktop {

class Places {
public:
    // The value of a variable; empty when it is not set.
    using Variable = std::function<std::string(const char* name)>;

    explicit Places(Variable variable) : variable_(std::move(variable)) {}

    static Places of_this_process();

    std::filesystem::path home() const;
    // $XDG_DATA_HOME, or ~/.local/share.
    std::filesystem::path data() const;
    // $XDG_CONFIG_HOME, or ~/.config.
    std::filesystem::path configuration() const;
    // The folder for downloads: as user-dirs.dirs says, else ~/Downloads, else home; always one that is there.
    std::filesystem::path downloads() const;
    // The login name; "me" where there is none.
    std::string person() const;

    std::string variable(const char* name) const { return variable_(name); }

private:
    std::filesystem::path absolute_or(const char* name, const char* below_home) const;

    Variable variable_;
};

}  // namespace countersign::desktop
