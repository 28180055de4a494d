// Document: the user's input as a tree of values, each of which knows where it stands.
// Readers of YAML or of result files build it; schemas turn it into typed structures and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ketsim/base/diagnostics.hpp"

namespace ketsim {

//! A value of the input: nothing, a text (numbers stay text until a schema asks), a sequence or a mapping.
class Node {
 public:
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  struct Entry;

  Node() = default;
  static Node scalar(std::string text, Location where = {}, bool quoted = false);
  static Node sequence(Location where = {});
  static Node mapping(Location where = {});

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind_ == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind_ == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind_ == Kind::mapping; }
  [[nodiscard]] const Location& where() const { return where_; }
  void set_where(Location where) { where_ = std::move(where); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_quoted() const {
    return quoted_;
  }  //!< written in quotes: always a text, never a number

  [[nodiscard]] const std::vector<Node>& items() const { return items_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const Node* find(std::string_view key) const;  //!< null when a mapping lacks the key
  [[nodiscard]] Node* find(std::string_view key);
  void append(Node item);
  void set(std::string key, Node value, Location key_where = {});  //!< replaces or appends
  void erase(std::string_view key);

  //! What a user would call it: "a number or text", "a list", "a mapping", "nothing".
  [[nodiscard]] std::string kind_name() const;

 private:
  Kind kind_ = Kind::null;
  bool quoted_ = false;
  std::string text_;
  Location where_;
  std::vector<Node> items_;
  std::vector<Entry> entries_;
};

//! A key of a mapping with its value, in the order of the input.
struct Node::Entry {
  std::string key;
  Location key_where;
  Node value;
};

//! `base` with `over` laid on top: mappings merge key by key, everything else is replaced, null removes.
[[nodiscard]] Node merge(Node base, const Node& over);

//! Splits `programmes[rocket].policies[projects].params.rate` into its keys; empty when it is no path.
[[nodiscard]] std::vector<std::string> split_path(std::string_view path);

//! Lays one value over the tree at `path` (mappings on the way are made).
void set_at_path(Node& root, const std::vector<std::string>& path, Node value);

}  // namespace ketsim
