# countersign_embed(TARGET SYMBOL FILE): compiles the file's bytes into the target as
#   namespace countersign::embedded { extern const std::string_view SYMBOL; }
# Declare it where it is used; the file is read when the build is configured, and changes to it configure again.
function(countersign_embed target symbol file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" _hex HEX)
  # Octal escapes would merge with digits behind them; hex bytes as numbers cannot, and a line holds thirty-two.
  string(REGEX REPLACE "(................................................................)" "\\1\n" _lines "${_hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," _bytes "${_lines}")
  set(_source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  file(CONFIGURE OUTPUT "${_source}" CONTENT "#include <string_view>
namespace countersign::embedded {
namespace {
const char kBytes[] = {
@_bytes@ 0};
}
extern const std::string_view ${symbol};
const std::string_view ${symbol}(kBytes, sizeof kBytes - 1);
}
" @ONLY)
  target_sources(${target} PRIVATE "${_source}")
endfunction()
