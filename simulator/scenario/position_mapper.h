// SPDX-License-Identifier: Apache-2.0
//
// From a place in a package's script back to the place in the source that a
// developer wrote, through the maps that a build makes.
//
// Threads: one at a time; maps are parsed when the first error needs them.

#ifndef FCC_SIMULATOR_SCENARIO_POSITION_MAPPER_H_
#define FCC_SIMULATOR_SCENARIO_POSITION_MAPPER_H_

#include <map>
#include <string>

#include "runtime/app/host_services.h"
#include "runtime/base/source_map.h"

namespace fcc::scenario {

class PositionMapper {
 public:
  // Takes every "maps/<script>.map" out of the files of a build.
  void TakeMaps(std::map<std::string, std::string>& files);
  // False, and `position` as it was, where no map knows the place.
  bool Map(app::SourcePosition& position);

 private:
  // By the script's name.
  std::map<std::string, std::string> texts_;
  std::map<std::string, base::SourceMap> maps_;
};

}  // namespace fcc::scenario

#endif  // FCC_SIMULATOR_SCENARIO_POSITION_MAPPER_H_
