// A scenario that says only what differs: the files that `extends` names, laid over one another.
#include <algorithm>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "ketsim/io/yaml.hpp"

namespace ketsim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_chain = 32;

//! Files from the one that the user named to the one being read.
struct Chain {
  std::vector<std::string> shown;   //!< as messages name them
  std::vector<fs::path> canonical;  //!< the same file under any name

  [[nodiscard]] std::string text() const { return fmt::format("{}", fmt::join(shown, " -> ")); }
};

//! The file that `value` names, or empty after reporting why not.
std::string base_of(const std::string& path, const Node& value, Diagnostics& problems) {
  if (!value.is_scalar() || value.text().empty()) {
    problems.add(value.where(), "extends must be the path of a YAML file");
    return {};
  }
  const std::string base = (fs::path(path).parent_path() / value.text()).lexically_normal().string();
  std::error_code error;
  const fs::file_status status = fs::status(base, error);
  if (fs::is_regular_file(status)) return base;
  const char* reason = fs::is_directory(status)                    ? "it is a folder"
                       : fs::exists(status)                        ? "it is not a regular file"
                       : status.type() == fs::file_type::not_found ? "there is no such file"
                                                                   : "it cannot be reached";
  problems.add(value.where(), fmt::format("extends {}: {}", base, reason));
  return {};
}

Node read_chain(const std::string& path, Chain chain, Diagnostics& problems) {
  std::error_code ignored;
  const fs::path canonical = fs::weakly_canonical(path, ignored);
  Node node = read_yaml(path, problems);
  const Node* extends = node.find("extends");
  if (extends == nullptr) return node;
  const Node value = *extends;
  node.erase("extends");
  const std::string base = base_of(path, value, problems);
  if (base.empty()) return node;

  chain.shown.push_back(path);
  chain.canonical.push_back(canonical);
  const fs::path base_canonical = fs::weakly_canonical(base, ignored);
  const bool is_cycle = std::ranges::find(chain.canonical, base_canonical) != chain.canonical.end();
  if (is_cycle || chain.shown.size() > longest_chain) {
    chain.shown.push_back(base);
    problems.add(value.where(), is_cycle ? "extends leads back to a file that is being read: " + chain.text()
                                         : fmt::format("more than {} files extend one another: {}",
                                                       longest_chain, chain.text()));
    return node;
  }
  Node below = read_chain(base, std::move(chain), problems);
  below.erase("description");  // it tells of what it stands in
  return merge(std::move(below), node);
}

}  // namespace

Node read_scenario_document(const std::string& path, Diagnostics& problems) {
  return read_chain(path, {}, problems);
}

}  // namespace ketsim
