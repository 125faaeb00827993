#include <algorithm>

#include "core/doctor/examination.h"
#include "core/log/commitment.h"
#include "core/store/texts.h"

namespace countersign::doctor {

namespace {

constexpr int64_t kRun = 1'000;
constexpr std::string_view kOfNotes[] = {kRationaleDomain, kAnswerDomain, kNoteDomain};

// What the store can be asked for; those whose key was destroyed are texts no more.
Result<std::vector<int64_t>> items_with_documents(store::Database& database, int64_t after) {
    store::Statement select =
        CS_TRY(database.prepare("SELECT item FROM document WHERE item > ? ORDER BY item LIMIT ?"));
    select.bind(after).bind(kRun);
    std::vector<int64_t> out;
    while (CS_TRY(select.step())) {
        out.push_back(select.integer(0));
    }
    return out;
}

Result<std::vector<Digest>> notes_after(store::Database& database, const Digest& after, bool first) {
    store::Statement select =
        CS_TRY(database.prepare("SELECT commitment FROM note WHERE commitment > ? OR ? ORDER BY commitment LIMIT ?"));
    select.bind_blob(after.view()).bind(int64_t{first ? 1 : 0}).bind(kRun);
    std::vector<Digest> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(digest_from_bytes(select.blob(0))));
    }
    return out;
}

Status check_documents(Examination& examination) {
    int64_t last = INT64_MIN;
    for (;;) {
        const std::vector<int64_t> items = CS_TRY(items_with_documents(examination.stored(), last));
        if (items.empty()) {
            return success();
        }
        for (const int64_t item : items) {
            const auto text = store::read_document(examination.stored(), item);
            if (!text.ok() && text.error().code == ErrorCode::corrupt) {
                examination.find(concat("document: item ", item), "is not the text that was committed to");
            } else if (!text.ok() && text.error().code != ErrorCode::not_found) {
                return text.error();
            } else if (text.ok() && !opens(text.value(), kDocumentDomain)) {
                examination.find(concat("document: item ", item), "is not the text that was committed to");
            }
            CS_TRY_STATUS(examination.done());
        }
        last = items.back();
    }
}

bool opens_as_note(const CommittedText& text) {
    return std::any_of(std::begin(kOfNotes), std::end(kOfNotes),
                       [&](std::string_view domain) { return opens(text, domain); });
}

Status check_notes(Examination& examination) {
    Digest last;
    for (bool first = true;; first = false) {
        const std::vector<Digest> notes = CS_TRY(notes_after(examination.stored(), last, first));
        if (notes.empty()) {
            return success();
        }
        for (const Digest& commitment : notes) {
            const auto text = store::read_note(examination.stored(), commitment);
            const bool damaged = !text.ok() && text.error().code == ErrorCode::corrupt;
            if (!text.ok() && !damaged) {
                return text.error();
            }
            if (damaged || (text.value() && !opens_as_note(*text.value()))) {
                examination.find(concat("note: ", to_hex(commitment).substr(0, 12)),
                                 "is not the text that was committed to");
            }
            CS_TRY_STATUS(examination.done());
        }
        last = notes.back();
    }
}

Status check_policies(Examination& examination) {
    store::Statement select =
        CS_TRY(examination.stored().prepare("SELECT project.id, digest, bytes FROM policy JOIN project ON project.no = "
                                            "policy.project ORDER BY project.no, digest"));
    while (CS_TRY(select.step())) {
        const Digest digest = CS_TRY(digest_from_bytes(select.blob(1)));
        if (select.is_null(2) || sha256(select.text(2)) != digest) {
            examination.find(
                concat("project '", select.text(0), "', policy ", to_hex(digest).substr(0, 12)),
                select.is_null(2) ? "its document is missing" : "is not the document that its digest names");
        }
        CS_TRY_STATUS(examination.done());
    }
    return success();
}

}  // namespace

Status check_texts(Examination& examination) {
    Status checked = check_documents(examination);
    checked = checked.ok() ? check_notes(examination) : checked;
    if (!checked.ok() && checked.error().code == ErrorCode::failed_precondition) {
        examination.find("keys", checked.error().message);
    } else {
        CS_TRY_STATUS(checked);
    }
    return check_policies(examination);
}

}  // namespace countersign::doctor
