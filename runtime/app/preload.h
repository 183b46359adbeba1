// SPDX-License-Identifier: Apache-2.0
//
// `preloadRule` of app.json: {page: {network, packages}}. When the page is
// shown its packages are opened, in the order written, so that a later route to
// them need not wait; their code runs when it is needed, as ever. With
// `network` "wifi", the default, only while the host says that it is on one.

#ifndef FCC_RUNTIME_APP_PRELOAD_H_
#define FCC_RUNTIME_APP_PRELOAD_H_

#include <string>

namespace fcc::app {

class AppState;

// After the task that is running; what is there already is not asked for again.
void PreloadPackages(AppState& app, const std::string& page);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_PRELOAD_H_
