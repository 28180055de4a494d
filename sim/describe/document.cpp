#include "ketsim/describe/document.hpp"

#include <algorithm>

namespace ketsim {

Node Node::scalar(std::string text, Location where, bool quoted) {
  Node node;
  node.kind_ = Kind::scalar;
  node.text_ = std::move(text);
  node.where_ = std::move(where);
  node.quoted_ = quoted;
  return node;
}

Node Node::sequence(Location where) {
  Node node;
  node.kind_ = Kind::sequence;
  node.where_ = std::move(where);
  return node;
}

Node Node::mapping(Location where) {
  Node node;
  node.kind_ = Kind::mapping;
  node.where_ = std::move(where);
  return node;
}

const Node* Node::find(std::string_view key) const {
  const auto entry = std::ranges::find(entries_, key, &Entry::key);
  return entry == entries_.end() ? nullptr : &entry->value;
}

Node* Node::find(std::string_view key) {
  const auto entry = std::ranges::find(entries_, key, &Entry::key);
  return entry == entries_.end() ? nullptr : &entry->value;
}

void Node::append(Node item) {
  kind_ = Kind::sequence;
  items_.push_back(std::move(item));
}

void Node::set(std::string key, Node value, Location key_where) {
  kind_ = Kind::mapping;
  if (Node* present = find(key)) {
    *present = std::move(value);
  } else {
    entries_.push_back({std::move(key), std::move(key_where), std::move(value)});
  }
}

void Node::erase(std::string_view key) {
  std::erase_if(entries_, [key](const Entry& entry) { return entry.key == key; });
}

std::string Node::kind_name() const {
  switch (kind_) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return "a single value";
    case Kind::sequence:
      return "a list";
    case Kind::mapping:
      return "a mapping";
  }
  return {};
}

namespace {

//! A mapping without the entries that are null: there was nothing below that they could remove.
Node without_nulls(const Node& node) {
  if (!node.is_mapping()) return node;
  Node result = Node::mapping(node.where());
  for (const Node::Entry& entry : node.entries()) {
    if (!entry.value.is_null()) result.set(entry.key, without_nulls(entry.value), entry.key_where);
  }
  return result;
}

}  // namespace

Node merge(Node base, const Node& over) {
  if (!base.is_mapping() || !over.is_mapping()) return without_nulls(over);
  for (const Node::Entry& entry : over.entries()) {
    if (entry.value.is_null()) {
      base.erase(entry.key);
    } else if (Node* present = base.find(entry.key)) {
      *present = merge(std::move(*present), entry.value);
    } else {
      base.set(entry.key, without_nulls(entry.value), entry.key_where);
    }
  }
  base.set_where(over.where());
  return base;
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> keys;
  std::size_t at = 0;
  while (at < path.size()) {
    const bool bracket = path[at] == '[';
    const std::size_t start = bracket ? at + 1 : at;
    const std::size_t end =
        bracket ? path.find(']', start) : std::min(path.find_first_of(".[", start), path.size());
    if (end == std::string_view::npos || end == start) return {};
    keys.emplace_back(path.substr(start, end - start));
    at = bracket ? end + 1 : end;
    if (at < path.size() && path[at] == '.') {
      ++at;
      if (at == path.size() || path[at] == '[' || path[at] == '.') return {};
    } else if (at < path.size() && path[at] != '[') {
      return {};
    }
  }
  return keys;
}

void set_at_path(Node& root, const std::vector<std::string>& path, Node value) {
  Node* at = &root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    Node* next = at->find(path[i]);
    if (next == nullptr || !next->is_mapping()) {
      at->set(path[i], Node::mapping(value.where()), value.where());
      next = at->find(path[i]);
    }
    at = next;
  }
  Location where = value.where();
  at->set(path.back(), std::move(value), std::move(where));
}

}  // namespace ketsim
