#pragma once
// The comprehensive review: document, prediction, checklist, rationale, evidence, similar decisions, notes.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

enum class QuestionKind : uint8_t { yes_no, yes_no_na, choice, number, text, evidence };

struct ChoiceModel {
    std::string id;
    std::string name;
};

// Code points of the document, [begin, end).
struct EvidenceModel {
    size_t begin = 0;
    size_t end = 0;
    std::string quote;  // its text, shortened
    int colour = 0;
    std::string letter;
};

struct ChecklistQuestion {
    std::string id = {};
    std::string text = {};
    std::string help = {};
    QuestionKind kind = QuestionKind::yes_no_na;
    std::vector<ChoiceModel> options = {};  // of a choice
    bool required = true;
    std::string value = {};  // "yes", "no", "na", a choice's id, a number or free text; empty: not answered
    bool missing = false;    // shown as missing: a submission was tried
    std::vector<EvidenceModel> places = {};  // of an evidence question: what its value names
    bool marking = false;                    // what is marked now answers this question
};

// A reason that can be chosen, or a group of others; depth first, as the policy orders them.
struct ReasonCode {
    std::string id;
    std::string name;
    bool chosen = false;
    std::string path = {};  // from the top, "Wording > Ambiguous"; empty: the name
    int depth = 0;          // 0 at the top
    bool group = false;     // stands above others only
    std::string description = {};
    std::vector<std::string> examples = {};

    const std::string& full_name() const { return path.empty() ? name : path; }
};

struct SimilarDecision {
    std::string item;
    std::string text;
    Verdict verdict = Verdict::accept;
    LabelModel label;
    std::string who;   // a role, never a score
    std::string when;  // "12 Nov"
};

struct NoteModel {
    std::string author;
    std::string when;
    std::string text;
};

// A decision of one's own on this item.
struct OwnDecision {
    Verdict verdict = Verdict::accept;
    LabelModel label;
    std::string when;
    FateModel fate;
};

// What another person said of this item: shown to whoever settles it, and once it is settled.
struct OthersDecision {
    std::string who;
    std::string when;
    Verdict verdict = Verdict::accept;
    LabelModel label;                  // without a name where there is none
    std::vector<std::string> reasons;  // with their paths
    std::string text;                  // the rationale
    std::vector<std::string> quotes;   // of the evidence
    bool settled = false;              // this decision settled the item
};

struct FullModel {
    std::string project;
    LoadModel load;
    std::string item;
    std::string title;
    std::string document;  // up to some 200 kB
    std::vector<std::string> facts;
    std::vector<std::string> guidance;   // the policy's words to reviewers, a paragraph each
    std::string held_words;              // a sentence: somebody else is at it; empty: nobody
    std::string given_back;              // a sentence: why one is asked again; empty: one is not
    std::string waits_words;             // a sentence: one settles the item, and why somebody has to
    std::vector<OthersDecision> others;  // oldest first; empty while decisions are to be independent
    std::vector<OwnDecision> own;        // newest first
    DueModel due;
    int64_t position = 0;  // in the queue, from 1; 0: not from a queue
    int64_t total = 0;

    bool blind = false;  // the prediction is hidden: what follows, up to routing, is empty
    LabelModel predicted;
    ConfidenceModel confidence;
    std::vector<ScoreModel> scores;  // best first
    std::string model;               // which model version said so
    RoutingModel routing;

    std::vector<LabelModel> labels;
    std::optional<Verdict> verdict;
    int corrected_to = -1;  // index into labels

    std::vector<ChecklistQuestion> checklist;
    std::vector<ReasonCode> reasons;
    bool reasons_required = false;
    bool reasons_missing = false;
    std::string rationale;
    bool rationale_required = false;
    bool rationale_missing = false;
    std::vector<EvidenceModel> evidence;
    int current_evidence = -1;
    bool evidence_required = false;

    std::vector<SimilarDecision> similar;
    LoadModel similar_load;
    std::vector<NoteModel> notes;
    std::string draft_note;

    // What stands against submitting, by name, in reading order; empty: ready.
    std::vector<std::string> missing;
    bool tried = false;  // a submission was tried and refused
    bool read_only = false;
    std::string read_only_reason;
    std::string saved_words;  // "Draft kept on this device"
};

}  // namespace countersign::shell
