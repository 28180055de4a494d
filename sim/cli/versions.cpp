#include "versions.hpp"

#include <CLI/Version.hpp>

#include <fmt/core.h>

#include "ketsim/version.hpp"

namespace ketsim {

std::vector<std::pair<std::string, std::string>> versions() {
  constexpr int major = FMT_VERSION / 10000;
  constexpr int minor = FMT_VERSION / 100 % 100;
  constexpr int patch = FMT_VERSION % 100;
  return {{"ketsim", std::string(build::version)},
          {"commit", std::string(build::commit)},
          {"compiler", std::string(build::compiler)},
          {"fmt", fmt::format("{}.{}.{}", major, minor, patch)},
          {"CLI11", CLI11_VERSION}};
}

std::string version_text() {
  std::string text;
  for (const auto& [name, version] : versions())
    text += fmt::format("{}{} {}", text.empty() ? "" : "\n", name, version);
  return text;
}

}  // namespace ketsim
