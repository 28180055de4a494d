#include "yaml_tree.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ketsim {
namespace {

// Bounds far above any scenario. With those of yaml_reader.cpp they keep every input, hostile or broken,
// within about a second and 300 MB.
constexpr std::size_t most_values = 200'000;  // with every alias written out
constexpr std::size_t most_keys = 1'000;      // in one mapping
constexpr std::size_t most_depth = 64;
constexpr std::size_t longest_key = 128;  // [byte]
constexpr std::size_t most_problems = 100;

std::size_t count_values(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items()) count += count_values(item);
  for (const Node::Entry& entry : node.entries()) count += count_values(entry.value);
  return count;
}

}  // namespace

Location place(const FileName& file, const YAML::Mark& mark) {
  return mark.is_null() ? Location{file} : Location{file, mark.line + 1, mark.column + 1};
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ > 0) stop(mark, "a second document starts here; a file holds one");
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  Node node;
  node.set_where(place(file_, mark));
  add(mark, anchor, std::move(node));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto anchored = anchors_.find(anchor);
  if (anchored == anchors_.end()) stop(mark, "an alias stands inside the value that it names");
  count(mark, anchored->second.values);
  add(mark, YAML::NullAnchor, anchored->second.node);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  check_tag(mark, tag);
  if (value.find('\0') != std::string::npos) stop(mark, "a text cannot hold the character NUL");
  add(mark, anchor, Node::scalar(value, place(file_, mark), tag == "!"));
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  open(mark, tag, anchor, Node::sequence(place(file_, mark)));
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(mark, tag, anchor, Node::mapping(place(file_, mark)));
}

void TreeBuilder::report(const YAML::Mark& mark, std::string what) {
  problems_.add(place(file_, mark), std::move(what));
  if (++reported_ < most_problems) return;
  problems_.add({file_}, fmt::format("reading stopped after {} problems", most_problems));
  throw StopReading{};
}

void TreeBuilder::stop(const YAML::Mark& mark, std::string what) {
  problems_.add(place(file_, mark), std::move(what));
  throw StopReading{};
}

bool TreeBuilder::is_key_next() const {
  return !open_.empty() && open_.back().node.is_mapping() && !open_.back().has_key;
}

void TreeBuilder::count(const YAML::Mark& mark, std::size_t values) {
  values_ += values;
  if (values_ > most_values) stop(mark, fmt::format("more than {} values, aliases written out", most_values));
}

// The parser gives "?" for a plain value and "!" for one in quotes; anything else was written by the user.
void TreeBuilder::check_tag(const YAML::Mark& mark, const std::string& tag) {
  if (tag.empty() || tag == "?" || tag == "!") return;
  report(mark, "tags (!...) are not used; write the value alone, in quotes where it is a text");
}

void TreeBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node node) {
  check_tag(mark, tag);
  if (is_key_next())
    stop(mark, fmt::format("a key must be a text, not {}; is a bracket not closed?", node.kind_name()));
  if (open_.size() == most_depth)
    stop(mark, fmt::format("more than {} levels inside one another", most_depth));
  count(mark, 1);
  open_.push_back({std::move(node), anchor, false, false, {}, {}});
}

void TreeBuilder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  keep(done.anchor, done.node);
  place_value(std::move(done.node));
}

void TreeBuilder::add(const YAML::Mark& mark, YAML::anchor_t anchor, Node node) {
  count(mark, 1);
  keep(anchor, node);
  if (is_key_next()) {
    take_key(mark, node);
  } else {
    place_value(std::move(node));
  }
}

void TreeBuilder::keep(YAML::anchor_t anchor, const Node& node) {
  if (anchor == YAML::NullAnchor) return;
  const std::size_t values = count_values(node);
  count(YAML::Mark::null_mark(), values);
  anchors_.insert_or_assign(anchor, Anchored{node, values});
}

void TreeBuilder::take_key(const YAML::Mark& mark, const Node& node) {
  Open& mapping = open_.back();
  if (!node.is_scalar()) stop(mark, fmt::format("a key must be a text, not {}", node.kind_name()));
  if (node.text().size() > longest_key) stop(mark, fmt::format("a key is longer than {} bytes", longest_key));
  const auto& entries = mapping.node.entries();
  if (entries.size() == most_keys) stop(mark, fmt::format("more than {} keys in one mapping", most_keys));
  const auto same = std::ranges::find(entries, node.text(), &Node::Entry::key);
  const bool is_duplicate = same != entries.end();
  const bool is_merge = node.text() == "<<" && !node.is_quoted();
  if (is_duplicate) report(mark, fmt::format("this key stands in line {} already", same->key_where.line));
  if (is_merge) report(mark, "merge keys (<<) are not used; write `extends: other.yaml` at the top");
  mapping.has_key = true;
  mapping.drops_value = is_duplicate || is_merge;
  mapping.key = node.text();
  mapping.key_where = place(file_, mark);
}

void TreeBuilder::place_value(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is_sequence()) {
    parent.node.append(std::move(node));
    return;
  }
  if (!parent.drops_value)
    parent.node.set(std::move(parent.key), std::move(node), std::move(parent.key_where));
  parent.has_key = false;
}

}  // namespace ketsim
