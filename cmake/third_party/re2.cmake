# RE2: regular expressions in linear time, for CEL's matches(). The release before its Abseil dependency.
countersign_source(re2 _re2)
set(_files bitstate compile dfa filtered_re2 mimics_pcre nfa onepass parse perl_groups prefilter prefilter_tree
    prog re2 regexp set simplify stringpiece tostring unicode_casefold unicode_groups)
list(TRANSFORM _files PREPEND "${_re2}/re2/")
list(TRANSFORM _files APPEND ".cc")
add_library(countersign_re2 STATIC ${_files} "${_re2}/util/rune.cc" "${_re2}/util/strutil.cc")
target_include_directories(countersign_re2 SYSTEM PUBLIC "${_re2}")
target_link_libraries(countersign_re2 PUBLIC countersign_platform)
target_compile_options(countersign_re2 PRIVATE -fno-exceptions)
countersign_third_party(countersign_re2)
