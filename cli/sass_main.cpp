// SPDX-License-Identifier: Apache-2.0
//
// fcc-sass: libsass in a process of its own, because a sheet can loop for ever
// and libsass cannot be stopped. The sheet comes on standard input; the answer
// is one JSON object on standard output (compiler/ftss/preprocess.cpp reads
// it). It limits its own time and memory, in case whoever started it is gone.
//
//   fcc-sass --path FILE --root DIR [--indented]

#include <sass/context.h>
#include <sys/resource.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "runtime/base/file_system.h"
#include "runtime/base/json.h"

using namespace fcc;

namespace {

struct Arguments {
  std::string path;
  std::string root;
  bool indented = false;
};

}  // namespace

static void LimitSelf() {
  const rlimit seconds = {60, 60};
  setrlimit(RLIMIT_CPU, &seconds);
#ifndef FCC_SANITIZED
  // The address sanitizer reserves more than any machine has.
  const rlimit bytes = {rlim_t{2} << 30, rlim_t{2} << 30};
  setrlimit(RLIMIT_AS, &bytes);
#endif
}

static bool IsPlainSheet(std::string_view path) {
  const std::string_view extension = base::ExtensionOf(path);
  return extension == ".wxss" || extension == ".ftss" || extension == ".css";
}

// Imports of plain sheets stay imports, with paths from the project's root, for
// the style compiler to resolve; everything else is libsass's.
static Sass_Import_List ImportPlainSheet(const char* written,
                                         Sass_Importer_Entry callback,
                                         Sass_Compiler* compiler) {
  if (!IsPlainSheet(written)) {
    return nullptr;
  }
  const Arguments& arguments =
      *static_cast<const Arguments*>(sass_importer_get_cookie(callback));
  std::string path = written;
  if (!path.starts_with("/")) {
    const Sass_Import_Entry from = sass_compiler_get_last_import(compiler);
    const char* from_path = sass_import_get_abs_path(from);
    std::string base_path = from_path == nullptr ? "" : from_path;
    if (!base_path.starts_with("/")) {
      base_path = arguments.path;
    }
    path = base::JoinPath(base::DirectoryOf(base_path), path);
    const std::string root = arguments.root + "/";
    if (path.starts_with(root)) {
      path = path.substr(root.size() - 1);
    }
  }
  const std::string text = "@import url(\"" + path + "\");";
  Sass_Import_List list = sass_make_import_list(1);
  // libsass frees the text.
  list[0] = sass_make_import_entry(written, strdup(text.c_str()), nullptr);
  return list;
}

static void AppendMember(std::string& out, std::string_view key,
                         const char* value) {
  out += out.ends_with('{') ? "" : ",";
  base::AppendJsonString(out, key);
  out += ':';
  base::AppendJsonString(out, value == nullptr ? "" : value);
}

static std::string Answer(Sass_Context* context, int status) {
  std::string out = "{";
  if (status != 0) {
    out += "\"error\":{";
    AppendMember(out, "message", sass_context_get_error_text(context));
    AppendMember(out, "path", sass_context_get_error_file(context));
    out += ",\"line\":";
    base::AppendJsonNumber(
        out, static_cast<double>(sass_context_get_error_line(context)));
    out += ",\"column\":";
    base::AppendJsonNumber(
        out, static_cast<double>(sass_context_get_error_column(context)));
    return out + "}}";
  }
  AppendMember(out, "css", sass_context_get_output_string(context));
  AppendMember(out, "map", sass_context_get_source_map_string(context));
  out += ",\"files\":[";
  char** files = sass_context_get_included_files(context);
  for (bool first = true; files != nullptr && *files != nullptr; ++files) {
    out += first ? "" : ",";
    base::AppendJsonString(out, *files);
    first = false;
  }
  return out + "]}";
}

static std::string Compile(const std::string& text,
                           const Arguments& arguments) {
  // libsass takes the text over and frees it.
  Sass_Data_Context* data = sass_make_data_context(strdup(text.c_str()));
  Sass_Options* options = sass_data_context_get_options(data);
  const std::string map_path = arguments.path + ".map";
  const std::string include = std::string(base::DirectoryOf(arguments.path));
  const std::string modules = arguments.root + "/node_modules";
  sass_option_set_output_style(options, SASS_STYLE_EXPANDED);
  sass_option_set_precision(options, 10);
  sass_option_set_is_indented_syntax_src(options, arguments.indented);
  sass_option_set_input_path(options, arguments.path.c_str());
  sass_option_set_source_map_file(options, map_path.c_str());
  sass_option_set_source_map_contents(options, false);
  sass_option_set_omit_source_map_url(options, true);
  sass_option_push_include_path(options, include.c_str());
  sass_option_push_include_path(options, modules.c_str());
  Sass_Importer_List importers = sass_make_importer_list(1);
  sass_importer_set_list_entry(
      importers, 0,
      sass_make_importer(ImportPlainSheet, 0,
                         const_cast<Arguments*>(&arguments)));
  sass_option_set_c_importers(options, importers);
  const int status = sass_compile_data_context(data);
  std::string answer = Answer(sass_data_context_get_context(data), status);
  sass_delete_data_context(data);
  return answer;
}

int main(int argc, char** argv) {
  LimitSelf();
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--indented") {
      arguments.indented = true;
    } else if (word == "--path" && i + 1 < argc) {
      arguments.path = argv[++i];
    } else if (word == "--root" && i + 1 < argc) {
      arguments.root = argv[++i];
    } else {
      std::cerr << "fcc-sass is a part of fcc; run `fcc` instead\n";
      return 2;
    }
  }
  const std::string text{std::istreambuf_iterator<char>(std::cin),
                         std::istreambuf_iterator<char>()};
  std::cout << Compile(text, arguments) << "\n";
  return 0;
}
