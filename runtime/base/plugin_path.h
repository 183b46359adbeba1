// SPDX-License-Identifier: Apache-2.0
//
// Where the files of a plugin stand among those of the app that uses it: below
// "__plugin__/<key>/", as platforms spell the routes of its pages. A plugin
// sees its own files only: a path from the root is one from its own root, and
// no path leads in or out.

#ifndef FCC_RUNTIME_BASE_PLUGIN_PATH_H_
#define FCC_RUNTIME_BASE_PLUGIN_PATH_H_

#include <string>
#include <string_view>

namespace fcc::base {

// "__plugin__/hello", of the key `hello` of app.json.
std::string PluginRoot(std::string_view key);
// The root of the plugin that `path` lies in; empty of a file of the app.
std::string_view PluginRootOf(std::string_view path);
// What `written` (with or without a slash in front) means from the root that
// the file `from` sees: "/a/b" → "a/b", in a plugin "__plugin__/hello/a/b".
std::string FromRootOf(std::string_view from, std::string_view written);

}  // namespace fcc::base

#endif  // FCC_RUNTIME_BASE_PLUGIN_PATH_H_
