#pragma once
// What a person has to be told about their own work (core/store/notices.h), in words.

#include <vector>

#include "shell/models/desk.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

// Unread, alarms first, then newest first.
std::vector<NoticeModel> read_notices(const Workplace& work);

// The line that stands over every screen until they are read.
void fill_banner(const Texts& texts, const std::vector<NoticeModel>& notices, NavigationModel& model);

}  // namespace countersign::shell
