// SPDX-License-Identifier: Apache-2.0

#include "compiler/emit/emit_app.h"

#include "compiler/emit/emit_internal.h"
#include "compiler/graph/file_graph.h"
#include "runtime/base/json.h"
#include "runtime/package/manifest.h"

namespace fcc::emit {

using diagnostics::Kind;

namespace {

class Emitter {
 public:
  Emitter(base::FileSystem& fs, const link::Program& program,
          const EmitOptions& options, diagnostics::Sink& sink)
      : fs_(fs),
        program_(program),
        options_(options),
        sink_(sink),
        styles_(program, options) {}

  Files Run() {
    ReadAssets();
    for (const link::LinkedPackage& package : program_.packages) {
      const project::Package& facts = program_.project.PackageOf(package.id);
      Part part;
      part.name = facts.name;
      part.folder = base::format("package/{}/", facts.name);
      part.script = facts.name + ".js";
      part.packages = {&package};
      part.has_main = package.id == project::PackageId::kMain;
      part.has_frame = part.has_main || facts.independent;
      part.independent = facts.independent;
      EmitPart(part);
    }
    files_["package/packageConfig.json"] = PackageConfig();
    if (options_.whole_layout) {
      Part whole;
      whole.name = "app";
      whole.folder = "app/";
      whole.script = "app-service.js";
      whole.has_main = whole.has_frame = whole.whole = true;
      for (const link::LinkedPackage& package : program_.packages) {
        whole.packages.push_back(&package);
      }
      EmitPart(whole);
      AddFile("app/service.html", PrintServiceHtml());
      for (auto& [sheet, map] : styles_.maps()) {
        AddFile(base::format("maps/{}.map", sheet), std::move(map));
      }
      if (options_.native_section) {
        AddNativeSection(program_, whole, options_, files_);
      }
    }
    return std::move(files_);
  }

 private:
  void AddFile(std::string path, std::string bytes) {
    files_[std::move(path)] = std::move(bytes);
  }

  void ReadAssets() {
    for (const link::LinkedPackage& package : program_.packages) {
      for (const std::string& path : package.assets) {
        base::Result<std::string> bytes = fs_.ReadFile(
            program_.project.index.DiskPathOf(path), source::kMaxSourceBytes);
        if (bytes) {
          assets_[path] = std::move(*bytes);
        } else {
          sink_.Report(Kind::kFileUnreadable, {}, bytes.error().message)
              .Path(path);
        }
      }
    }
  }

  // Everything but the native section of the whole app, which its service.html
  // has to be there for.
  void EmitPart(Part part) {
    for (const link::LinkedPackage* package : part.packages) {
      if (program_.project.PackageOf(package->id).independent) {
        part.independent_packages.push_back(package->id);
      }
    }
    PackageScript script = PrintPackageScript(program_, part, options_);
    AddFile(part.folder + part.script, std::move(script.code));
    if (options_.source_maps) {
      AddFile(base::format("maps/{}.map", part.script), std::move(script.map));
    }
    for (const link::LinkedPackage* package : part.packages) {
      for (const std::string& path : package->assets) {
        auto found = assets_.find(path);
        if (found != assets_.end()) {
          AddFile(part.folder + path, found->second);
        }
      }
      for (const std::string& path : package->workers) {
        auto found = program_.graph.scripts.find(path);
        if (found != program_.graph.scripts.end()) {
          AddFile(part.folder + graph::ModuleNameOf(path),
                  found->second.shipped().code);
        }
      }
    }
    if (part.has_main) {
      EmitSitemap(part);
    }
    if (options_.whole_layout) {
      EmitViews(part);
    }
    if (options_.native_section && !part.whole) {
      AddNativeSection(program_, part, options_, files_);
    }
  }

  // sitemapLocation's file, as written.
  void EmitSitemap(const Part& part) {
    value::Value location = program_.project.config.Get("sitemapLocation");
    std::string path = location.IsString()
                           ? base::NormalizePath(location.string())
                           : "sitemap.json";
    std::string_view disk = program_.project.index.DiskPathOf(path);
    if (disk.empty()) {
      return;
    }
    base::Result<std::string> bytes =
        fs_.ReadFile(disk, source::kMaxSourceBytes);
    if (bytes) {
      AddFile(part.folder + path, std::move(*bytes));
    }
  }

  void EmitViews(const Part& part) {
    if (part.has_frame) {
      AddFile(part.folder + "pageframe.js",
              PrintPageFrame(program_, part, styles_));
    }
    for (const link::LinkedPackage* package : part.packages) {
      for (const project::Component* page : package->pages) {
        AddFile(base::format("{}{}.html", part.folder, page->path),
                PrintPageHtml(part, *page, styles_));
      }
    }
    if (!part.whole) {
      AddFile(part.folder + "view.html", PrintViewHtml(part, styles_));
      std::string links = "{\"links\":[";
      base::AppendJsonString(links, part.script);
      AddFile(part.folder + "__subPackageConfig.json", links + "]}");
    }
  }

  std::string PackageConfig() const {
    std::string out = "[";
    for (const project::Package& package : program_.project.packages) {
      auto string = [&out](std::string_view key, std::string_view text) {
        base::AppendJsonString(out, key);
        out += ':';
        base::AppendJsonString(out, text);
        out += ',';
      };
      out += out.size() == 1 ? "{" : ",{";
      string("root", package.root.empty() ? "." : package.root);
      string("name", package.name);
      out += "\"pages\":[";
      for (size_t i = 0; i < package.pages.size(); ++i) {
        out += i == 0 ? "" : ",";
        base::AppendJsonString(out, package.pages[i]);
      }
      out += base::format("],\"independent\":{},\"filename\":",
                          package.independent);
      base::AppendJsonString(out, package.name + ".zip");
      out += '}';
    }
    return out + "]";
  }

  base::FileSystem& fs_;
  const link::Program& program_;
  const EmitOptions& options_;
  diagnostics::Sink& sink_;
  PageStyles styles_;
  std::map<std::string, std::string> assets_;
  Files files_;
};

}  // namespace

Files EmitApp(base::FileSystem& fs, const link::Program& program,
              const EmitOptions& options, diagnostics::Sink& sink) {
  return Emitter(fs, program, options, sink).Run();
}

}  // namespace fcc::emit
