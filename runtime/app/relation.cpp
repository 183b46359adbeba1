// SPDX-License-Identifier: Apache-2.0

#include "runtime/app/relation.h"

#include "runtime/app/app_state.h"
#include "runtime/app/component.h"
#include "runtime/app/page.h"
#include "runtime/base/format.h"

namespace fcc::app {

using script::Handle;

static bool IsUpward(RelationType type) {
  return type == RelationType::kParent || type == RelationType::kAncestor;
}

static RelationType Opposite(RelationType type) {
  switch (type) {
    case RelationType::kParent:
      return RelationType::kChild;
    case RelationType::kChild:
      return RelationType::kParent;
    case RelationType::kAncestor:
      return RelationType::kDescendant;
    case RelationType::kDescendant:
      return RelationType::kAncestor;
  }
  return RelationType::kChild;
}

static bool Means(const RelationDefinition& relation,
                  const Component& partner) {
  if (relation.target_behavior != nullptr) {
    return partner.definition().HasBehavior(*relation.target_behavior);
  }
  return partner.definition().path == relation.target_path;
}

// The parent or ancestor that both sides agree on.
static RelationLink FindPartner(Component& component,
                                const RelationDefinition& relation) {
  RelationLink link{&relation};
  for (Node* node = component.host()->parent; node != nullptr;
       node = node->parent) {
    Component* candidate = node->component;
    if (candidate == nullptr) {
      continue;
    }
    if (Means(relation, *candidate)) {
      for (const RelationDefinition& other :
           candidate->definition().relations) {
        if (other.type == Opposite(relation.type) && Means(other, component)) {
          link.partner = candidate->id();
          link.partner_definition = &other;
          return link;
        }
      }
    }
    if (relation.type == RelationType::kParent) {
      break;
    }
  }
  return link;
}

static void Tell(Component& listener, const Handle& function,
                 const Component& about, const char* what) {
  Logic& logic = listener.page().app().logic();
  if (logic.IsFunction(function)) {
    logic.CallMayRunScript(
        function, listener.instance(), {about.instance()},
        base::format("{} {}", listener.definition().path, what));
  }
}

static void Relink(Component& component, bool detach) {
  AppState& app = component.page().app();
  for (RelationLink& link : component.links()) {
    if (!IsUpward(link.definition->type)) {
      continue;
    }
    const RelationLink old = link;
    const RelationDefinition& own = *link.definition;
    link = detach ? RelationLink{&own} : FindPartner(component, own);
    Component* old_partner = app.FindComponent(old.partner);
    const bool same = old.partner == link.partner &&
                      old.partner_definition == link.partner_definition;
    if (old_partner != nullptr && same) {
      Tell(*old_partner, old.partner_definition->link_changed, component,
           "linkChanged");
      Tell(component, own.link_changed, *old_partner, "linkChanged");
      continue;
    }
    if (old_partner != nullptr) {
      Tell(*old_partner, old.partner_definition->unlinked, component,
           "unlinked");
      Tell(component, own.unlinked, *old_partner, "unlinked");
    }
    if (Component* partner = app.FindComponent(link.partner)) {
      Tell(*partner, link.partner_definition->linked, component, "linked");
      Tell(component, own.linked, *partner, "linked");
    } else if (!detach && app.logic().IsFunction(own.link_failed)) {
      app.logic().CallMayRunScript(own.link_failed, component.instance(), {},
                                   component.definition().path);
    }
  }
}

void LinkRelationsMayRunScript(Component& component) {
  if (!component.links().empty()) {
    Relink(component, false);
  }
}

void UnlinkRelationsMayRunScript(Component& component) {
  if (!component.links().empty()) {
    Relink(component, true);
  }
}

std::vector<Component*> RelationPartners(Component& component,
                                         std::string_view key) {
  std::vector<Component*> partners;
  AppState& app = component.page().app();
  for (const RelationLink& link : component.links()) {
    if (link.definition->key != key) {
      continue;
    }
    if (IsUpward(link.definition->type)) {
      if (Component* partner = app.FindComponent(link.partner)) {
        partners.push_back(partner);
      }
      continue;
    }
    for (Node* child = component.host()->first_child; child != nullptr;
         child = child->next) {
      ForEachInTree(*child, [&](Node& node) {
        if (node.component != nullptr) {
          for (const RelationLink& theirs : node.component->links()) {
            if (theirs.partner == component.id() &&
                theirs.partner_definition == link.definition) {
              partners.push_back(node.component);
              break;
            }
          }
        }
        return true;
      });
    }
  }
  return partners;
}

}  // namespace fcc::app
