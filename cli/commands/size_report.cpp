// SPDX-License-Identifier: Apache-2.0

#include "cli/commands/size_report.h"

#include <algorithm>
#include <set>

#include "compiler/emit/emit_app.h"
#include "compiler/ftss/rule_usage.h"
#include "runtime/base/json.h"

namespace fcc::commands {

std::string_view FileKindName(FileKind kind) {
  switch (kind) {
    case FileKind::kScript:
      return "script";
    case FileKind::kTemplate:
      return "template";
    case FileKind::kStyle:
      return "style";
    case FileKind::kModule:
      return "module";
    case FileKind::kAsset:
      return "asset";
  }
  FCC_CHECK(false);
}

// "a/miniprogram_npm/@x/y/index.js" → "@x/y"; "" for the app's own.
static std::string NpmNameOf(std::string_view path) {
  static constexpr std::string_view kFolder = "miniprogram_npm/";
  const size_t at = path.find(kFolder);
  if (at == std::string_view::npos) {
    return {};
  }
  path.remove_prefix(at + kFolder.size());
  size_t end = path.find('/');
  if (path.starts_with('@') && end != std::string_view::npos) {
    end = path.find('/', end + 1);
  }
  return std::string(path.substr(0, end));
}

namespace {

// Who named a file first, breadth first: the shortest way there is.
class Reasons {
 public:
  explicit Reasons(const link::Program& program) : program_(program) {
    const project::Project& project = program.project;
    Name("app.json", project.app_script);
    Name("app.json", project.app_style);
    for (const std::string& page : project.pages) {
      NameComponent("app.json", page);
    }
    while (next_ < queue_.size()) {
      Follow(std::string(queue_[next_++]));
    }
  }

  std::vector<std::string> Of(std::string_view path) const {
    std::vector<std::string> way;
    for (auto at = by_.find(path); at != by_.end() && way.size() < 100;
         at = by_.find(at->second)) {
      way.push_back(at->second);
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  void Name(std::string_view by, std::string_view path) {
    if (!path.empty() && by_.find(path) == by_.end()) {
      auto added = by_.emplace(path, by).first;
      queue_.push_back(added->first);
    }
  }

  // The JSON of a page or component leads to its files and to what it uses.
  void NameComponent(std::string_view by, std::string_view path) {
    const project::Component* component = program_.project.Find(path);
    if (component == nullptr || !seen_.insert(component).second) {
      return;
    }
    const std::string& head = !component->template_path.empty()
                                  ? component->template_path
                                  : component->script_path;
    Name(by, head);
    for (const std::string& file :
         {component->template_path, component->style_path,
          component->script_path}) {
      Name(file == head ? by : std::string_view(head), file);
    }
    components_[head].push_back(component);
  }

  void Follow(const std::string& path) {
    const graph::FileGraph& graph = program_.graph;
    if (auto found = components_.find(path); found != components_.end()) {
      const std::vector<const project::Component*> users = found->second;
      for (const project::Component* component : users) {
        for (const project::UsedComponent& used : component->using_components) {
          if (used.kind == project::TargetKind::kComponent) {
            NameComponent(path, used.path);
          }
        }
        for (const project::Generic& generic : component->generics) {
          NameComponent(path, generic.path);
        }
      }
    }
    if (auto found = graph.templates.find(path);
        found != graph.templates.end()) {
      for (const auto* list : {&found->second.imports, &found->second.includes,
                               &found->second.modules}) {
        for (const std::string& other : *list) {
          Name(path, other);
        }
      }
    }
    if (auto found = graph.modules.find(path); found != graph.modules.end()) {
      for (const std::string& other : found->second.needs) {
        Name(path, other);
      }
    }
    if (auto found = graph.scripts.find(path); found != graph.scripts.end()) {
      for (const std::string& other : found->second.targets) {
        Name(path, other);
      }
    }
    if (const ftss::SheetGraph* sheets = program_.SheetGraphOf(path)) {
      for (const ftss::StyleSheet* sheet : sheets->sheets) {
        Name(path, sheet->file->path());
      }
    }
  }

  const link::Program& program_;
  // Node-based: views of keys stay.
  std::map<std::string, std::string, std::less<>> by_;
  std::map<std::string, std::vector<const project::Component*>, std::less<>>
      components_;
  std::set<const project::Component*> seen_;
  std::vector<std::string_view> queue_;
  size_t next_ = 0;
};

}  // namespace

static bool IsBigger(uint64_t left, std::string_view left_name, uint64_t right,
                     std::string_view right_name) {
  return left != right ? left > right : left_name < right_name;
}

static void SortGroups(std::vector<SizedGroup>& groups) {
  std::sort(groups.begin(), groups.end(),
            [](const SizedGroup& a, const SizedGroup& b) {
              return IsBigger(a.bytes, a.name, b.bytes, b.name);
            });
}

static void AddFiles(const link::Program& program,
                     const driver::BuildResult& result, SizeReport& report) {
  const Reasons reasons(program);
  auto add = [&](std::string_view path, FileKind kind, uint64_t bytes) {
    SizedFile& file = report.files.emplace_back();
    file.path = path;
    file.kind = kind;
    file.bytes = bytes;
    file.package =
        program.project.PackageOf(program.project.OwnerOf(path)).name;
    file.npm = NpmNameOf(path);
    file.why = reasons.Of(path);
  };
  for (const auto& [path, script] : program.graph.scripts) {
    if (script.needed) {
      add(path, FileKind::kScript, script.shipped().code.size());
    }
  }
  for (const auto& [path, file] : program.graph.templates) {
    add(path, FileKind::kTemplate,
        file.source == nullptr ? 0 : file.source->text().size());
  }
  for (const auto& [path, file] : program.graph.sheets) {
    add(path, FileKind::kStyle,
        file.source == nullptr ? 0 : file.source->text().size());
  }
  for (const auto& [path, module] : program.graph.modules) {
    // Inline ones stand in their templates.
    if (program.project.index.Has(path)) {
      add(path, FileKind::kModule, module.code.size());
    }
  }
  for (const link::LinkedPackage& package : program.packages) {
    const std::string& name = program.project.PackageOf(package.id).name;
    for (const std::string& path : package.assets) {
      auto found = result.files.find("package/" + name + "/" + path);
      add(path, FileKind::kAsset,
          found == result.files.end() ? 0 : found->second.size());
    }
  }
  std::sort(report.files.begin(), report.files.end(),
            [](const SizedFile& a, const SizedFile& b) {
              return IsBigger(a.bytes, a.path, b.bytes, b.path);
            });
}

static void AddPackages(const link::Program& program,
                        const driver::BuildResult& result, SizeReport& report) {
  for (const link::LinkedPackage& linked : program.packages) {
    SizedPackage& package = report.packages.emplace_back();
    package.name = program.project.PackageOf(linked.id).name;
    const std::string prefix = "package/" + package.name + "/";
    for (auto at = result.files.lower_bound(prefix);
         at != result.files.end() && at->first.starts_with(prefix); ++at) {
      package.bytes += at->second.size();
    }
    if (auto zip = emit::WriteZip(result.files, prefix)) {
      package.zip_bytes = zip->size();
    }
    for (const SizedFile& file : report.files) {
      if (file.package == package.name) {
        package.kinds[static_cast<size_t>(file.kind)] += file.bytes;
      }
    }
    report.bytes += package.bytes;
  }
}

static void AddGroups(const link::Program& program, SizeReport& report) {
  std::map<std::string_view, const SizedFile*> files;
  std::map<std::string, SizedGroup> npm;
  for (const SizedFile& file : report.files) {
    files[file.path] = &file;
    if (!file.npm.empty()) {
      SizedGroup& group = npm[file.npm];
      group.name = file.npm;
      group.package = file.package;
      group.bytes += file.bytes;
      ++group.files;
    }
  }
  for (auto& [name, group] : npm) {
    report.npm.push_back(std::move(group));
  }
  for (const project::Component& component : program.project.components) {
    SizedGroup group;
    group.name = component.path;
    group.package = program.project.PackageOf(component.package).name;
    for (const std::string& path :
         {component.template_path, component.style_path,
          component.script_path}) {
      if (auto found = files.find(path); found != files.end()) {
        group.bytes += found->second->bytes;
        ++group.files;
      }
    }
    (component.is_page ? report.pages : report.components)
        .push_back(std::move(group));
  }
  SortGroups(report.npm);
  SortGroups(report.pages);
  SortGroups(report.components);
}

static void AddDuplicates(const link::Program& program,
                          const driver::BuildResult& result,
                          SizeReport& report) {
  // By content; small ones cost nothing.
  static constexpr size_t kSmall = 256;
  std::map<std::string_view, std::vector<std::string>> by_text;
  for (const SizedFile& file : report.files) {
    std::string_view text;
    switch (file.kind) {
      case FileKind::kScript:
        text = program.graph.scripts.find(file.path)->second.shipped().code;
        break;
      case FileKind::kAsset:
        if (auto found =
                result.files.find("package/" + file.package + "/" + file.path);
            found != result.files.end()) {
          text = found->second;
        }
        break;
      case FileKind::kTemplate:
        if (auto found = program.graph.templates.find(file.path);
            found->second.source != nullptr) {
          text = found->second.source->text();
        }
        break;
      case FileKind::kStyle:
        if (auto found = program.graph.sheets.find(file.path);
            found->second.source != nullptr) {
          text = found->second.source->text();
        }
        break;
      case FileKind::kModule:
        text = program.graph.modules.find(file.path)->second.code;
        break;
    }
    if (text.size() >= kSmall) {
      by_text[text].push_back(file.path);
    }
  }
  for (auto& [text, paths] : by_text) {
    if (paths.size() > 1) {
      report.duplicates.push_back({text.size(), std::move(paths)});
    }
  }
  std::sort(report.duplicates.begin(), report.duplicates.end(),
            [](const Duplicate& a, const Duplicate& b) {
              return IsBigger(a.bytes * (a.paths.size() - 1), a.paths.front(),
                              b.bytes * (b.paths.size() - 1), b.paths.front());
            });
}

// What the rule about unused files has found.
static void AddUnused(const driver::BuildResult& result, SizeReport& report) {
  std::set<std::string_view> paths;
  for (const diagnostics::Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.kind == diagnostics::Kind::kUnusedAsset) {
      paths.insert(diagnostic.path);
    }
  }
  for (const SizedFile& file : report.files) {
    if (paths.contains(file.path)) {
      report.unused.push_back(file);
    }
  }
}

// Words of scripts and of texts in templates: any of them may become a class.
static void AddWords(std::string_view text, ftss::NamesInUse& names) {
  auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  for (size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && is_word(text[end])) {
      ++end;
    }
    std::string word(text.substr(at, end - at));
    // `item-{{kind}}`, `"item-" + kind`: every class that begins so.
    if (end < text.size() &&
        (text[end] == '{' || text[end] == '$' || text[end] == '\'' ||
         text[end] == '"') &&
        (word.ends_with('-') || word.ends_with('_') || text[end] == '{')) {
      names.class_prefixes.push_back(word);
    }
    names.ids.insert(word);
    names.classes.insert(std::move(word));
    at = end;
  }
}

static void AddUnusedStyles(const link::Program& program, SizeReport& report) {
  ftss::NamesInUse names;
  for (const auto& [path, file] : program.graph.templates) {
    if (file.source != nullptr) {
      AddWords(file.source->text(), names);
    }
  }
  for (const auto& [path, file] : program.graph.scripts) {
    if (file.source != nullptr) {
      AddWords(file.source->text(), names);
    }
  }
  for (const auto& [path, module] : program.graph.modules) {
    AddWords(module.code, names);
  }
  std::sort(names.class_prefixes.begin(), names.class_prefixes.end());
  names.class_prefixes.erase(
      std::unique(names.class_prefixes.begin(), names.class_prefixes.end()),
      names.class_prefixes.end());
  for (const auto& [path, file] : program.graph.sheets) {
    const ftss::RuleUsage usage = ftss::CountUnusedRules(file.sheet, names);
    if (usage.unused != 0) {
      SizedGroup& group = report.unused_styles.emplace_back();
      group.name = path;
      group.package =
          program.project.PackageOf(program.project.OwnerOf(path)).name;
      group.bytes = usage.unused_bytes;
      group.files = usage.unused;
    }
  }
  SortGroups(report.unused_styles);
}

SizeReport MakeSizeReport(const link::Program& program,
                          const driver::BuildResult& result) {
  SizeReport report;
  AddFiles(program, result, report);
  AddPackages(program, result, report);
  AddGroups(program, report);
  AddDuplicates(program, result, report);
  AddUnused(result, report);
  AddUnusedStyles(program, report);
  return report;
}

namespace {

// JSON, a member or an item at a time.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void Key(std::string_view name) {
    Comma();
    base::AppendJsonString(out_, name);
    out_ += ':';
    comma_ = false;
  }
  void Text(std::string_view text) {
    Comma();
    base::AppendJsonString(out_, text);
  }
  void Number(uint64_t number) {
    Comma();
    out_ += std::to_string(number);
  }
  void Open(char bracket) {
    Comma();
    out_ += bracket;
    comma_ = false;
  }
  void Close(char bracket) {
    out_ += bracket;
    comma_ = true;
  }
  void Member(std::string_view name, std::string_view text) {
    Key(name);
    Text(text);
  }
  void Member(std::string_view name, uint64_t number) {
    Key(name);
    Number(number);
  }

 private:
  void Comma() {
    if (comma_) {
      out_ += ',';
    }
    comma_ = true;
  }
  std::string& out_;
  bool comma_ = false;
};

}  // namespace

static void WriteFiles(Writer& json, std::string_view name,
                       const std::vector<SizedFile>& files) {
  json.Key(name);
  json.Open('[');
  for (const SizedFile& file : files) {
    json.Open('{');
    json.Member("path", file.path);
    json.Member("kind", FileKindName(file.kind));
    json.Member("package", file.package);
    if (!file.npm.empty()) {
      json.Member("npm", file.npm);
    }
    json.Member("bytes", file.bytes);
    json.Key("why");
    json.Open('[');
    for (const std::string& by : file.why) {
      json.Text(by);
    }
    json.Close(']');
    json.Close('}');
  }
  json.Close(']');
}

static void WriteGroups(Writer& json, std::string_view name,
                        const std::vector<SizedGroup>& groups) {
  json.Key(name);
  json.Open('[');
  for (const SizedGroup& group : groups) {
    json.Open('{');
    json.Member("name", group.name);
    json.Member("package", group.package);
    json.Member("bytes", group.bytes);
    json.Member("files", group.files);
    json.Close('}');
  }
  json.Close(']');
}

std::string SizeReportJson(const SizeReport& report) {
  std::string out;
  Writer json(out);
  json.Open('{');
  json.Member("bytes", report.bytes);
  json.Key("packages");
  json.Open('[');
  for (const SizedPackage& package : report.packages) {
    json.Open('{');
    json.Member("name", package.name);
    json.Member("bytes", package.bytes);
    json.Member("zipBytes", package.zip_bytes);
    json.Key("kinds");
    json.Open('{');
    for (size_t i = 0; i < kFileKinds; ++i) {
      json.Member(FileKindName(static_cast<FileKind>(i)), package.kinds[i]);
    }
    json.Close('}');
    json.Close('}');
  }
  json.Close(']');
  WriteGroups(json, "pages", report.pages);
  WriteGroups(json, "components", report.components);
  WriteGroups(json, "npm", report.npm);
  WriteFiles(json, "files", report.files);
  json.Key("duplicates");
  json.Open('[');
  for (const Duplicate& duplicate : report.duplicates) {
    json.Open('{');
    json.Member("bytes", duplicate.bytes);
    json.Key("paths");
    json.Open('[');
    for (const std::string& path : duplicate.paths) {
      json.Text(path);
    }
    json.Close(']');
    json.Close('}');
  }
  json.Close(']');
  WriteFiles(json, "unused", report.unused);
  WriteGroups(json, "unusedStyles", report.unused_styles);
  json.Close('}');
  out += '\n';
  return out;
}

// Squarified treemap (Bruls, Huizing, van Wijk), drawn by the page itself.
static constexpr std::string_view kPage = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>@TITLE@</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>
body{margin:0;font:13px/1.4 system-ui,sans-serif;color:#1d2433;background:#f5f6f8}
header{padding:10px 16px;display:flex;gap:16px;align-items:baseline;flex-wrap:wrap}
h1{font-size:16px;margin:0}
#map{position:relative;margin:0 16px 16px;height:calc(100vh - 110px)}
.box{position:absolute;box-sizing:border-box;border:1px solid #fff;overflow:hidden;
padding:1px 4px;font-size:11px;white-space:nowrap;text-overflow:ellipsis;cursor:default}
.group{background:#dfe3ea;font-weight:600}
.script{background:#f2c879}.template{background:#8cc8e8}.style{background:#b9a6e6}
.module{background:#e8a3b8}.asset{background:#9fd5a3}
#tip{padding:0 16px 8px;min-height:1.4em;color:#4a5468}
.key span{display:inline-block;width:10px;height:10px;margin:0 4px 0 12px}
</style></head><body>
<header><h1>@TITLE@</h1><b id="total"></b><span class="key">
<span class="script"></span>script<span class="template"></span>template
<span class="style"></span>style<span class="module"></span>module
<span class="asset"></span>asset</span></header>
<div id="tip"></div><div id="map"></div>
<script>
var report=@DATA@;
function size(n){return n<1024?n+' B':n<1048576?(n/1024).toFixed(1)+' KB':(n/1048576).toFixed(2)+' MB'}
var root={name:'',kids:{},bytes:0};
report.files.forEach(function(f){if(!f.bytes)return;
var at=root;at.bytes+=f.bytes;
[f.package].concat(f.path.split('/')).forEach(function(part,i,all){
var last=i===all.length-1,key=part+(last?'':'/');
at=at.kids[key]||(at.kids[key]={name:part,kids:{},bytes:0});
at.bytes+=f.bytes;if(last)at.file=f;});});
document.getElementById('total').textContent=size(root.bytes);
var map=document.getElementById('map'),tip=document.getElementById('tip');
function list(n){return Object.keys(n.kids).map(function(k){return n.kids[k]}).sort(function(a,b){return b.bytes-a.bytes})}
function worst(row,side){var s=0,max=0,min=Infinity;row.forEach(function(a){s+=a;max=Math.max(max,a);min=Math.min(min,a)});
return Math.max(side*side*max/(s*s),s*s/(side*side*min))}
function place(items,x,y,w,h,draw){
var total=0;items.forEach(function(i){total+=i.bytes});
if(!total||w<2||h<2)return;
var scale=w*h/total,i=0;
while(i<items.length){
var side=Math.min(w,h),row=[],from=i;
while(i<items.length){var next=row.concat(items[i].bytes*scale);
if(row.length&&worst(next,side)>worst(row,side))break;row=next;i++}
var sum=row.reduce(function(a,b){return a+b},0),thick=sum/side,at=0;
for(var j=0;j<row.length;j++){var long=row[j]/thick;
if(w>=h)draw(items[from+j],x,y+at,thick,long);else draw(items[from+j],x+at,y,long,thick);
at+=long}
if(w>=h){x+=thick;w-=thick}else{y+=thick;h-=thick}}}
function show(n,x,y,w,h,path){
if(w<2||h<2)return;
while(!n.file&&list(n).length===1){var only=list(n)[0];n={name:n.name+'/'+only.name,kids:only.kids,bytes:only.bytes,file:only.file}}
var box=document.createElement('div');
box.className='box '+(n.file?n.file.kind:'group');
box.style.cssText='left:'+x+'px;top:'+y+'px;width:'+w+'px;height:'+h+'px';
if(h>13&&w>24)box.textContent=n.name+' '+size(n.bytes);
var where=path+n.name;
box.onmouseover=function(e){e.stopPropagation();
tip.textContent=where+' · '+size(n.bytes)+(n.file?' · '+(n.file.why.length?n.file.why.join(' → '):'nothing names it'):'')};
map.appendChild(box);
if(!n.file)place(list(n),x+2,y+(h>30?16:2),w-4,h-(h>30?18:4),function(k,a,b,c,d){show(k,a,b,c,d,where+'/')})}
function draw(){map.textContent='';
place(list(root),0,0,map.clientWidth,map.clientHeight,function(n,x,y,w,h){show(n,x,y,w,h,'')})}
draw();window.onresize=draw;
</script></body></html>
)html";

std::string SizeReportHtml(const SizeReport& report, std::string_view title) {
  std::string safe_title;
  for (char c : title) {
    switch (c) {
      case '<':
        safe_title += "&lt;";
        break;
      case '&':
        safe_title += "&amp;";
        break;
      default:
        safe_title += c;
    }
  }
  // AppendJsonString escapes `<`, so the data cannot end the script.
  std::string out;
  for (std::string_view rest = kPage; !rest.empty();) {
    const size_t at = std::min(rest.find('@'), rest.size());
    out += rest.substr(0, at);
    rest.remove_prefix(at);
    if (rest.starts_with("@TITLE@")) {
      out += safe_title;
      rest.remove_prefix(7);
    } else if (rest.starts_with("@DATA@")) {
      out += SizeReportJson(report);
      rest.remove_prefix(6);
    } else if (!rest.empty()) {
      out += rest.front();
      rest.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace fcc::commands
