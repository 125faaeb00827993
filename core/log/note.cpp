#include "core/log/note.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/crypto/base64.h"
#include "core/hash/sha256.h"

namespace countersign {

namespace {

constexpr char kEd25519 = 0x01;  // the signature type of C2SP signed-note
constexpr std::string_view kDash = "\u2014 ";

Error at_line(size_t line, std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message), concat("line ", line));
}

Error not_a_vkey(std::string_view message) {
    return fail(ErrorCode::invalid_argument, concat("not a verifier key: ", message));
}

bool is_unicode_space(char32_t c) {
    return c == 0x20 || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

uint32_t key_id(std::string_view name, const crypto::PublicKey& key) {
    const Digest digest = sha256(concat(name, '\n', kEd25519), key.view());
    return uint32_t{digest.bytes[0]} << 24 | uint32_t{digest.bytes[1]} << 16 | uint32_t{digest.bytes[2]} << 8 |
           uint32_t{digest.bytes[3]};
}

std::string big_endian(uint32_t number) {
    std::string out;
    for (const int shift : {24, 16, 8, 0}) {
        out.push_back(static_cast<char>(number >> shift & 0xFF));
    }
    return out;
}

uint32_t from_big_endian(std::string_view bytes) {
    uint32_t out = 0;
    for (const char c : bytes.substr(0, 4)) {
        out = out << 8 | static_cast<unsigned char>(c);
    }
    return out;
}

std::string_view take_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return line;
}

Result<NoteSignature> parse_signature(std::string_view line, size_t number) {
    if (!line.starts_with(kDash)) {
        return at_line(number, "a signature must begin with an em dash and a space");
    }
    line.remove_prefix(kDash.size());
    const size_t space = line.find(' ');
    NoteSignature out;
    out.name = line.substr(0, space);
    if (space == std::string_view::npos || !is_key_name(out.name)) {
        return at_line(number, "a signature must have a key's name, a space and base64");
    }
    const auto decoded = crypto::from_base64(line.substr(space + 1));
    if (!decoded.ok() || decoded.value().size() < 5) {
        return at_line(number, "the signature is not base64 of a key id and a signature");
    }
    out.id = from_big_endian(decoded.value());
    out.bytes = decoded.value().substr(4);
    out.line = number;
    return out;
}

// Length, UTF-8 and control characters.
Status is_note_text(std::string_view note) {
    if (note.size() > kNoteLimit_bytes) {
        return at_line(1, concat("the note has ", note.size(), " bytes; at most ", kNoteLimit_bytes, " are allowed"));
    }
    const size_t bad = std::min(utf8::first_invalid(note), note.size());
    const auto control = std::find_if(note.begin(), note.end(), [](unsigned char c) { return c < 0x20 && c != '\n'; });
    const size_t place = std::min(bad, static_cast<size_t>(control - note.begin()));
    if (place < note.size()) {
        const auto line = 1 + std::count(note.begin(), note.begin() + static_cast<ptrdiff_t>(place), '\n');
        return at_line(static_cast<size_t>(line), place == bad ? "not valid UTF-8" : "a control character");
    }
    return success();
}

}  // namespace

bool is_key_name(std::string_view name) {
    if (name.empty() || utf8::first_invalid(name) != utf8::kValid) {
        return false;
    }
    for (size_t at = 0; at < name.size();) {
        const char32_t c = utf8::next(name, at);
        if (c < 0x20 || c == '+' || is_unicode_space(c)) {
            return false;
        }
    }
    return true;
}

NoteKey note_key(std::string name, const crypto::PublicKey& key) {
    CS_CHECK(is_key_name(name));
    const uint32_t id = key_id(name, key);
    return {std::move(name), id, key};
}

std::string vkey_text(const NoteKey& key) {
    return concat(key.name, '+', to_hex(big_endian(key.id)), '+', crypto::to_base64(concat(kEd25519, key.key.view())));
}

Result<NoteKey> parse_vkey(std::string_view vkey) {
    const size_t first = vkey.find('+');
    const size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos) {
        return not_a_vkey("it must be a name, an id and a key with '+' between");
    }
    const std::string_view name = vkey.substr(0, first);
    const std::string_view id = vkey.substr(first + 1, second - first - 1);
    if (!is_key_name(name)) {
        return not_a_vkey("the name must not be empty and have no space");
    }
    const auto id_bytes = from_hex(id);
    if (!id_bytes.ok() || id.size() != 8) {
        return not_a_vkey(concat("the id '", utf8::shortened(id, 20), "' is not 8 hex digits"));
    }
    const auto key_bytes = crypto::from_base64(vkey.substr(second + 1));
    if (!key_bytes.ok() || key_bytes.value().empty()) {
        return not_a_vkey("the key is not base64");
    }
    if (key_bytes.value()[0] != kEd25519) {
        const int type = static_cast<unsigned char>(key_bytes.value()[0]);
        return fail(ErrorCode::unimplemented,
                    concat("the signature type ", type, " is not known; known is 1, Ed25519"));
    }
    auto key = crypto::public_key_from_bytes(std::string_view(key_bytes.value()).substr(1));
    if (!key.ok()) {
        return not_a_vkey(key.error().message);
    }
    NoteKey out = note_key(std::string(name), key.value());
    if (out.id != from_big_endian(id_bytes.value())) {
        return not_a_vkey(concat("its id is ", id, ", but name and key give ", to_hex(big_endian(out.id))));
    }
    return out;
}

Result<SignedNote> parse_note(std::string_view note) {
    CS_TRY_STATUS(is_note_text(note));
    const size_t gap = note.rfind("\n\n");
    if (gap == std::string_view::npos) {
        return at_line(1, "there is no empty line between text and signatures");
    }
    SignedNote out;
    out.text = note.substr(0, gap + 1);
    auto number = static_cast<size_t>(std::count(out.text.begin(), out.text.end(), '\n')) + 2;
    std::string_view rest = note.substr(gap + 2);
    if (rest.empty()) {
        return at_line(number, "there is no signature");
    }
    if (rest.back() != '\n') {
        return at_line(number + static_cast<size_t>(std::count(rest.begin(), rest.end(), '\n')),
                       "the last line does not end with a newline");
    }
    for (; !rest.empty(); ++number) {
        if (out.signatures.size() == kNoteSignatures_max) {
            return at_line(number, concat("more than ", kNoteSignatures_max, " signatures"));
        }
        out.signatures.push_back(CS_TRY(parse_signature(take_line(rest), number)));
    }
    return out;
}

Result<std::string> sign_note(std::string_view text, std::string_view name, const crypto::SigningKey& key) {
    CS_TRY_STATUS(is_note_text(text));
    if (text.empty() || text.back() != '\n') {
        return at_line(1, "the text of a note must end with a newline");
    }
    if (!is_key_name(name)) {
        return fail(ErrorCode::invalid_argument, concat("'", utf8::shortened(name, 100), "' cannot be a key's name"));
    }
    const std::string signature = concat(big_endian(key_id(name, key.public_key())), key.sign(text).view());
    return concat(text, '\n', kDash, name, ' ', crypto::to_base64(signature), '\n');
}

Result<std::vector<NoteKey>> verify_note(const SignedNote& note, const std::vector<NoteKey>& known) {
    std::vector<NoteKey> good;
    for (const NoteSignature& signature : note.signatures) {
        for (const NoteKey& key : known) {
            if (key.name != signature.name || key.id != signature.id) {
                continue;
            }
            const auto bytes = crypto::signature_from_bytes(signature.bytes);
            if (!bytes.ok() || !crypto::verify(key.key, note.text, bytes.value())) {
                return at_line(signature.line, concat("the signature of ", key.name, " does not hold for this text"));
            }
            if (std::find(good.begin(), good.end(), key) == good.end()) {
                good.push_back(key);
            }
        }
    }
    if (good.empty()) {
        return at_line(note.signatures.empty() ? 1 : note.signatures.front().line, "no signature is of a known key");
    }
    return good;
}

}  // namespace countersign
