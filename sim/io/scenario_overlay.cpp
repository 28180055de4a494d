#include "scenario_overlay.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "ketsim/describe/schema.hpp"
#include "ketsim/io/yaml.hpp"
#include "ketsim/scenario/scenario.hpp"

namespace ketsim {
namespace {

std::vector<std::string> keys_of(const Node* node) {
  std::vector<std::string> keys;
  if (node == nullptr) return keys;
  for (const Node::Entry& entry : node->entries()) keys.push_back(entry.key);
  return keys;
}

//! `node` with all its values at one place.
Node placed(const Node& node, const Location& where) {
  if (node.is_scalar()) return Node::scalar(node.text(), where, node.is_quoted());
  Node result = node.is_mapping() ? Node::mapping(where) : Node::sequence(where);
  for (const Node& item : node.items()) result.append(placed(item, where));
  for (const Node::Entry& entry : node.entries()) result.set(entry.key, placed(entry.value, where), where);
  return result;
}

//! Lays one change over the tree.
class Overlay {
 public:
  Overlay(Node& root, const Override& change, Diagnostics& problems)
      : root_(root), change_(change), problems_(problems) {
    where_.file = std::make_shared<const std::string>(change.option);
  }

  //! Where the laid values claim to stand; nothing: the scenario was left as it is.
  std::optional<Location> lay() {
    path_ = split_path(change_.path);
    if (path_.empty()) {
      complain(fmt::format("'{}' is no path of a parameter; `ketsim describe parameters` lists them",
                           change_.path));
    } else if (const std::optional<Node> value = parse_value()) {
      if (const std::string missing = missing_name(); !missing.empty()) {
        if (change_.is_optional) return std::nullopt;
        complain(missing);
      } else if (value->is_null()) {
        if (!remove()) return std::nullopt;
      } else {
        set_at_path(root_, path_, placed(*value, where_));
      }
    }
    return where_;
  }

 private:
  void complain(std::string what) { problems_.add(where_, std::move(what)); }

  std::optional<Node> parse_value() {
    Diagnostics wrong;
    Node value = parse_yaml(change_.value, change_.option, wrong);
    if (wrong.empty()) return value;
    const bool is_blank = change_.value.find_first_not_of(" \t\n") == std::string::npos;
    complain(is_blank ? "the value is missing; null removes what a scenario says"
                      : "the value cannot be read: " + wrong.problems().front().what);
    return std::nullopt;
  }

  //! A parameter of a programme, technology ... is changed only where the scenario has it: a misspelt name
  //! would otherwise make a second one, all defaults. What the scenario lacks of the path's names, or nothing.
  [[nodiscard]] std::string missing_name() const {
    const AnySchema* schema = &scenario_schema();
    const Node* node = &root_;
    for (std::size_t i = 0; schema != nullptr && i < path_.size(); ++i) {
      const auto field =
          std::ranges::find(schema->fields(), path_[i], [](const Field& f) { return f.declaration.name; });
      if (field == schema->fields().end()) return {};
      node = node == nullptr ? nullptr : node->find(path_[i]);
      schema = field->inner;
      if (field->type != ValueType::named || i + 2 >= path_.size()) continue;
      const Node* named = node == nullptr ? nullptr : node->find(path_[i + 1]);
      ++i;
      if (named == nullptr) {
        return node == nullptr || node->entries().empty()
                   ? fmt::format("the scenario has no {}, so no '{}' among them", field->declaration.name,
                                 path_[i])
                   : fmt::format("the scenario has no '{}' in {}{}", path_[i], field->declaration.name,
                                 name_hint(path_[i], keys_of(node)));
      }
      node = named;
    }
    return {};
  }

  //! False where an optional change finds nothing to remove.
  bool remove() {
    Node* parent = &root_;
    for (std::size_t i = 0; i < path_.size(); ++i) {
      Node* child = parent->find(path_[i]);
      if (child == nullptr) {
        if (change_.is_optional) return false;
        complain(fmt::format("'{}' is not in the scenario, so it cannot be removed{}", path_[i],
                             name_hint(path_[i], keys_of(parent))));
        return true;
      }
      if (i + 1 < path_.size()) parent = child;
    }
    parent->erase(path_.back());
    return true;
  }

  Node& root_;
  const Override& change_;
  Diagnostics& problems_;
  Location where_;
  std::vector<std::string> path_;
};

}  // namespace

std::optional<Location> lay_over(Node& root, const Override& change, Diagnostics& problems) {
  return Overlay(root, change, problems).lay();
}

}  // namespace ketsim
