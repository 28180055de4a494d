// Builds a Document from the events of a YAML parser, and checks what the parser lets pass. Private to io.
#pragma once

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/document.hpp"

namespace ketsim {

//! Ends the reading of a file; the problem was reported.
struct StopReading {};

using FileName = std::shared_ptr<const std::string>;

//! A parser's place, which counts from 0, as a Location.
[[nodiscard]] Location place(const FileName& file, const YAML::Mark& mark);

//! Takes the events of one document.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(FileName file, Diagnostics& problems) : file_(std::move(file)), problems_(problems) {}

  [[nodiscard]] Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  //! A list or mapping that has begun.
  struct Open {
    Node node;
    YAML::anchor_t anchor;
    bool has_key = false;
    bool drops_value = false;  //!< the key was wrong
    std::string key;
    Location key_where;
  };
  //! A value that aliases may repeat.
  struct Anchored {
    Node node;
    std::size_t values;
  };

  void report(const YAML::Mark& mark, std::string what);
  [[noreturn]] void stop(const YAML::Mark& mark, std::string what);
  [[nodiscard]] bool is_key_next() const;
  void count(const YAML::Mark& mark, std::size_t values);
  void check_tag(const YAML::Mark& mark, const std::string& tag);
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node node);
  void close();
  void add(const YAML::Mark& mark, YAML::anchor_t anchor, Node node);
  void keep(YAML::anchor_t anchor, const Node& node);
  void take_key(const YAML::Mark& mark, const Node& node);
  void place_value(Node node);

  FileName file_;
  Diagnostics& problems_;
  Node root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t values_ = 0;    //!< so far, aliases written out
  std::size_t reported_ = 0;  //!< problems
  int documents_ = 0;
};

}  // namespace ketsim
