#include "shell/session/notices.h"

#include <algorithm>

#include "core/store/notices.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

struct NoticeTexts {
    Text title;
    Text none;  // of no decision at all
    Text one;
    Text many;
    bool alarm = false;
};

NoticeTexts texts_of(store::NoticeKind kind) {
    using enum Text;
    switch (kind) {
        case store::NoticeKind::work_lost:
            return {notice_work_lost, notice_work_lost_text, notice_work_lost_text_one, notice_work_lost_text, true};
        case store::NoticeKind::server_restored:
            return {notice_server_restored, notice_server_restored_text_none, notice_server_restored_text_one,
                    notice_server_restored_text};
        case store::NoticeKind::server_ahead:
            return {notice_server_ahead, notice_server_ahead_text, notice_server_ahead_text_one,
                    notice_server_ahead_text};
        case store::NoticeKind::copied:
            return {notice_copied, notice_copied_text, notice_copied_text, notice_copied_text};
        case store::NoticeKind::rights_revoked:
            return {notice_rights_revoked, notice_rights_revoked_text, notice_rights_revoked_text_one,
                    notice_rights_revoked_text};
        case store::NoticeKind::log_disputed:
            return {notice_log_disputed, notice_log_disputed_text, notice_log_disputed_text, notice_log_disputed_text,
                    true};
    }
    return {notice_log_disputed, notice_log_disputed_text, notice_log_disputed_text, notice_log_disputed_text, true};
}

NoticeModel describe(const Workplace& work, const store::NoticeRow& row) {
    const NoticeTexts texts = texts_of(row.kind);
    NoticeModel out;
    out.no = row.no;
    out.title = work.texts(texts.title);
    out.words = work.texts(row.count == 0   ? texts.none
                           : row.count == 1 ? texts.one
                                            : texts.many,
                           grouped(static_cast<int64_t>(row.count)));
    out.when = ago_words(work.texts, row.at, work.clock.now());
    out.alarm = texts.alarm;
    const bool here = row.project_no == work.project.no;
    const auto project =
        here ? Result<store::ProjectRow>(work.project) : store::read_project(work.database(), row.project_no);
    const std::string elsewhere = here || !project.ok() ? std::string() : project.value().id.text;
    out.project = elsewhere.empty() ? std::string() : project.value().name;
    for (const ItemId& item : row.items) {
        out.items.push_back({item.text, elsewhere});
    }
    return out;
}

}  // namespace

std::vector<NoticeModel> read_notices(const Workplace& work) {
    std::vector<NoticeModel> out;
    const auto rows = store::notices_of(work.database(), work.person);
    for (const store::NoticeRow& row : rows.ok() ? rows.value() : std::vector<store::NoticeRow>()) {
        out.push_back(describe(work, row));
    }
    std::stable_partition(out.begin(), out.end(), [](const NoticeModel& one) { return one.alarm; });
    return out;
}

void fill_banner(const Texts& texts, const std::vector<NoticeModel>& notices, NavigationModel& model) {
    model.notices = static_cast<int64_t>(notices.size());
    if (notices.empty()) {
        return;
    }
    model.alarm = notices.front().alarm;
    model.notice_words = notices.size() == 1
                             ? notices.front().title
                             : texts(Text::notice_banner_more, notices.front().title, grouped(model.notices - 1));
}

}  // namespace countersign::shell
