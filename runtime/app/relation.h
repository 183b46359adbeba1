// SPDX-License-Identifier: Apache-2.0
//
// `relations`: a component tied to a parent or an ancestor that declares it
// too. Spec: component-model.md, section 5; glass-easel's relation.ts.

#ifndef FCC_RUNTIME_APP_RELATION_H_
#define FCC_RUNTIME_APP_RELATION_H_

#include <string_view>
#include <vector>

namespace fcc::app {

class Component;

// After it was attached or moved: `linked`, `linkChanged` and `unlinked` on the
// partner first, then on the component.
void LinkRelationsMayRunScript(Component& component);
// After it was detached.
void UnlinkRelationsMayRunScript(Component& component);
// getRelationNodes(key), in tree order.
std::vector<Component*> RelationPartners(Component& component,
                                         std::string_view key);

}  // namespace fcc::app

#endif  // FCC_RUNTIME_APP_RELATION_H_
