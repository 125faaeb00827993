#pragma once
// Signed notes (C2SP signed-note): a text with Ed25519 signatures below it.
//
//   the text's lines, each with its newline
//   an empty line
//   — <key name> base64(key id, 4 bytes big-endian || signature)        one or more
//
//   key id = first 4 bytes of SHA-256(name || 0x0A || 0x01 || public key)
//   vkey   = <name>+<key id, 8 hex digits>+base64(0x01 || public key)
//
// Contract: nothing of a note may be believed before verify_note. Parsers are total: any bytes give a value or an
// error. Errors: invalid_argument with field "line N" of the note; unimplemented for a vkey of another signature type.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/ed25519.h"

namespace countersign {

inline constexpr size_t kNoteLimit_bytes = size_t{1} << 20;
inline constexpr size_t kNoteSignatures_max = 100;

// Who signs: what a verifier knows about a key.
struct NoteKey {
    std::string name;
    uint32_t id = 0;
    crypto::PublicKey key;

    auto operator<=>(const NoteKey&) const = default;
};

// Not empty, no "+", no Unicode space, no control character.
bool is_key_name(std::string_view name);
NoteKey note_key(std::string name, const crypto::PublicKey& key);
std::string vkey_text(const NoteKey& key);
// The id must be the one that follows from name and key.
Result<NoteKey> parse_vkey(std::string_view vkey);

struct NoteSignature {
    std::string name;
    uint32_t id = 0;
    std::string bytes;
    size_t line = 0;  // in the note, from 1
};

struct SignedNote {
    std::string text;  // ends with a newline
    std::vector<NoteSignature> signatures;
};

Result<SignedNote> parse_note(std::string_view note);
// Signs a text that ends with a newline.
Result<std::string> sign_note(std::string_view text, std::string_view name, const crypto::SigningKey& key);

// The keys, of those that are known, whose signatures hold. Signatures of other keys are passed over; an error when one
// of a known key does not hold, and when there is none of a known key.
Result<std::vector<NoteKey>> verify_note(const SignedNote& note, const std::vector<NoteKey>& known);

}  // namespace countersign
