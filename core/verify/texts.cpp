#include "core/verify/texts.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/log/commitment.h"
#include "core/verify/members.h"

namespace countersign::verify {

namespace {

struct Naming {
    std::string_view member;
    uint8_t flag;
};

constexpr Naming kNamings[] = {{"document", CommitmentTable::kNamedAsDocument},
                               {"text", CommitmentTable::kNamedAsText}};

struct Domain {
    std::string_view name;
    uint8_t flag;
};

constexpr Domain kDomains[] = {{kDocumentDomain, CommitmentTable::kNamedAsDocument},
                               {kRationaleDomain, CommitmentTable::kNamedAsText},
                               {kAnswerDomain, CommitmentTable::kNamedAsText},
                               {kNoteDomain, CommitmentTable::kNamedAsText}};

uint8_t flag_of_member(std::string_view member) {
    for (const Naming& naming : kNamings) {
        if (naming.member == member) {
            return naming.flag;
        }
    }
    return 0;
}

uint8_t flag_of_domain(std::string_view domain) {
    for (const Domain& one : kDomains) {
        if (one.name == domain) {
            return one.flag;
        }
    }
    return 0;
}

}  // namespace

void Texts::name_all(const CanonicalValue& body) {
    for (CanonicalValue at = body.first(); at; at = at.next()) {
        if (at.is(JsonKind::object) || at.is(JsonKind::list)) {
            name_all(at);
        } else if (const uint8_t flag = flag_of_member(at.name()); flag != 0) {
            if (const auto commitment = digest_in(at)) {
                known_.add(*commitment, flag);
            }
        }
    }
}

void Texts::erase(Findings& findings, const LeafFields& leaf) {
    const CanonicalValue list = leaf.body.find("commitments");
    if (!list.is(JsonKind::list)) {
        findings.fail(Check::erasures, leaf.place, "the erasure does not list what was erased");
        return;
    }
    for (CanonicalValue one = list.first(); one; one = one.next()) {
        findings.done(Check::erasures);
        const auto commitment = digest_in(one);
        if (!commitment) {
            findings.fail(Check::erasures, leaf.place,
                          "the erasure lists something that is no commitment of 64 hex digits");
            continue;
        }
        const uint8_t known = known_.flags(*commitment);
        if ((known & CommitmentTable::kTextSeen) != 0) {
            findings.fail(Check::erasures, leaf.place,
                          concat("the text of ", to_hex(*commitment), " was erased here, and yet stands before"));
        }
        findings.counts().erased += (known & CommitmentTable::kErased) == 0 ? 1 : 0;
        known_.add(*commitment, CommitmentTable::kErased);
    }
    findings.fact("erasure", leaf.place, "texts were erased here; the entries that spoke of them still stand");
}

void Texts::add(Findings& findings, Place place, const TextLine& line) {
    ++findings.counts().texts;
    findings.done(Check::texts);
    const std::string commitment = to_hex(line.commitment);
    const uint8_t known = known_.flags(line.commitment);
    if ((known & flag_of_domain(line.domain)) == 0) {
        findings.fail(Check::texts, place,
                      concat("no entry before it names ", commitment, " as a text of the kind '",
                             utf8::shortened(line.domain, 30), "'"));
    }
    if (!opens({line.commitment, line.key, line.text}, line.domain)) {
        findings.fail(Check::texts, place, concat("the text is not the one that ", commitment, " was made from"));
    }
    if ((known & CommitmentTable::kTextSeen) != 0) {
        findings.fail(Check::texts, place, concat("the text of ", commitment, " stands a second time"));
    }
    if ((known & CommitmentTable::kErased) != 0) {
        findings.fail(Check::erasures, place, concat("the text of ", commitment, " was erased, and yet stands here"));
    }
    known_.add(line.commitment, CommitmentTable::kTextSeen);
}

}  // namespace countersign::verify
