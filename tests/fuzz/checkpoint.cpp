// What says what a log is: signed notes, checkpoints in them, verifier keys, origins, paths of tiles. Whatever is read
// is written the same again, and nothing counts as signed by a key that did not sign it.

#include "core/log/checkpoint.h"

#include "core/log/note.h"
#include "core/log/tile.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

const crypto::SigningKey& our_key() {
    static const crypto::SigningKey key = crypto::SigningKey::from_seed(std::string(crypto::kSeed_bytes, 's')).value();
    return key;
}

// Whatever text a note has can be signed by us, and then counts; changed by a byte it does not.
void must_sign(const std::string& text) {
    constexpr std::string_view kName = "countersign/0123456789abcdef/city/1";
    const auto signed_note = sign_note(text, kName, our_key());
    if (!signed_note.ok()) {
        must_be_told(signed_note.error());
        return;
    }
    const std::vector<NoteKey> known{note_key(std::string(kName), our_key().public_key())};
    auto note = parse_note(signed_note.value());
    CS_CHECK(note.ok() && note.value().text == text);
    CS_CHECK(verify_note(note.value(), known).ok());
    note.value().text.front() = static_cast<char>(note.value().text.front() ^ 1);
    CS_CHECK(!verify_note(note.value(), known).ok());
}

void read_note(std::string_view bytes) {
    const auto note = parse_note(bytes);
    if (!note.ok()) {
        must_be_told(note.error());
        return;
    }
    CS_CHECK(bytes.starts_with(note.value().text) && note.value().text.ends_with('\n'));
    CS_CHECK(!note.value().signatures.empty() && note.value().signatures.size() <= kNoteSignatures_max);
    // By names and ids that we know, whatever the signatures are: the key of nobody here.
    std::vector<NoteKey> known;
    for (const NoteSignature& signature : note.value().signatures) {
        known.push_back({signature.name, signature.id, our_key().public_key()});
    }
    const auto verified = verify_note(note.value(), known);
    CS_CHECK(!verified.ok());
    must_be_told(verified.error());
    must_sign(note.value().text);
}

void read_checkpoint(std::string_view bytes) {
    const auto checkpoint = parse_checkpoint(bytes);
    if (!checkpoint.ok()) {
        must_be_told(checkpoint.error());
        return;
    }
    // Extension lines are passed over; what stands before them has one form.
    const std::string written = checkpoint_text(checkpoint.value());
    CS_CHECK(bytes.starts_with(written));
    const auto again = parse_checkpoint(written);
    CS_CHECK(again.ok() && checkpoint_text(again.value()) == written);
}

template <class Read, class Write>
void must_be_one_form(std::string_view bytes, Read read, Write write) {
    const auto value = read(bytes);
    if (value.ok()) {
        CS_CHECK(write(value.value()) == bytes);
    } else {
        must_be_told(value.error());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes = text_of(data, size);
    read_note(bytes);
    read_checkpoint(bytes);
    must_be_one_form(bytes, parse_vkey, vkey_text);
    must_be_one_form(bytes, parse_origin, origin_text);
    must_be_one_form(bytes, parse_tile_path, [](const TilePath& path) {
        return path.entries ? entries_path(path.tile) : tile_path(path.tile);
    });
    return 0;
}
