// SPDX-License-Identifier: Apache-2.0

#include "compiler/emit/emit_app.h"

namespace fcc::emit {

Files EmitPlugin(base::FileSystem& fs, const project::Project& project,
                 diagnostics::Sink& sink) {
  Files files;
  for (const auto& [path, disk_path] : project.index.files()) {
    if (project::IsIgnored(path, project.pack_options)) {
      continue;
    }
    std::string& bytes = files["plugin/" + path];
    if (const std::string* generated = project.index.GeneratedText(path)) {
      bytes = *generated;
      continue;
    }
    base::Result<std::string> read =
        fs.ReadFile(disk_path, source::kMaxSourceBytes);
    if (read) {
      bytes = std::move(*read);
    } else {
      sink.Report(diagnostics::Kind::kFileUnreadable, {}, read.error().message)
          .Path(path);
    }
  }
  return files;
}

}  // namespace fcc::emit
