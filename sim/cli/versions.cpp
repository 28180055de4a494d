#include "versions.hpp"

#include <fmt/format.h>

#include "ketsim/version.hpp"

namespace ketsim {

std::vector<std::pair<std::string, std::string>> versions() {
  std::vector<std::pair<std::string, std::string>> all{{"ketsim", std::string(build::version)},
                                                       {"commit", std::string(build::commit)},
                                                       {"compiler", std::string(build::compiler)}};
  for (const auto& [name, version] : build::libraries) all.emplace_back(name, version);
  return all;
}

std::string program_text() {
  std::string text;
  for (const auto& [name, version] : versions()) {
    if (name == "ketsim" || name == "commit")
      text += fmt::format("{}{} {}", text.empty() ? "" : " ", name, version);
  }
  return text;
}

std::string version_text() {
  std::string text;
  for (const auto& [name, version] : versions())
    text += fmt::format("{}{} {}", text.empty() ? "" : "\n", name, version);
  return text;
}

}  // namespace ketsim
