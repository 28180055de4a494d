#include "ketsim/io/result_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "hdf5_header.hpp"
#include "hdf5_raii.hpp"
#include "ketsim/base/byte_stream.hpp"
#include "separate_process.hpp"
#include "text_file.hpp"

namespace ketsim {

template <class Stream>
void stream(Stream& bytes, ResultInput& input) {
  bytes(input.text, input.sha256);
}

namespace {

constexpr hssize_t most_texts = 100'000;  //!< scenarios or inputs of a file; more are no result of ketsim

//! FILE.h5#name in its parts.
struct Pick {
  std::string file;
  std::string scenario;  //!< empty: the only one
};

Pick split(const std::string& path) {
  std::error_code ignored;
  const std::size_t hash = path.rfind('#');
  if (hash == std::string::npos || std::filesystem::exists(path, ignored)) return {path, {}};
  return {path.substr(0, hash), path.substr(hash + 1)};
}

//! A file that is HDF5 but not of ketsim, or not of this version.
class NotAResult : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

bool has_link(hid_t group, const char* name) {
  return H5Lexists(group, name, H5P_DEFAULT) > 0;
}

void check_version(hid_t file) {
  std::int32_t version = 0;
  if (H5Aexists(file, "format_version") <= 0) throw NotAResult("is not a result of ketsim");
  const hdf5::Attribute attribute(H5Aopen(file, "format_version", H5P_DEFAULT), "cannot read the version");
  const hdf5::Space space(H5Aget_space(attribute.get()), "cannot read the version");
  const hdf5::Type type(H5Aget_type(attribute.get()), "cannot read the version");
  if (H5Sget_simple_extent_npoints(space.get()) != 1 || H5Tget_class(type.get()) != H5T_INTEGER) {
    throw NotAResult("is not a result of ketsim");
  }
  hdf5::check(H5Aread(attribute.get(), H5T_NATIVE_INT32, &version), "cannot read the version");
  if (version != hdf5::format_version) {
    throw NotAResult(
        fmt::format("has format version {}, this ketsim reads version {}", version, hdf5::format_version));
  }
}

std::vector<std::string> read_texts(hid_t group, const char* name) {
  if (!has_link(group, name)) throw NotAResult(fmt::format("lacks its texts '{}'", name));
  const hdf5::Dataset dataset(H5Dopen2(group, name, H5P_DEFAULT), "cannot read texts");
  const hdf5::Type type(H5Dget_type(dataset.get()), "cannot read texts");
  const hdf5::Space space(H5Dget_space(dataset.get()), "cannot read texts");
  const hssize_t count = H5Sget_simple_extent_npoints(space.get());
  if (H5Tis_variable_str(type.get()) <= 0 || count < 0 || count > most_texts) {
    throw NotAResult(fmt::format("has something else than texts under '{}'", name));
  }
  std::vector<char*> pointers(static_cast<std::size_t>(count), nullptr);
  if (count == 0) return {};
  const hdf5::Type memory_type = hdf5::text_type();
  hdf5::check(H5Dread(dataset.get(), memory_type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
              "cannot read texts");
  std::vector<std::string> texts;
  for (const char* text : pointers) texts.emplace_back(text != nullptr ? text : "");
  H5Dvlen_reclaim(memory_type.get(), space.get(), H5P_DEFAULT, pointers.data());
  return texts;
}

//! Number of the picked scenario; reports and returns nothing where the pick is not clear.
std::optional<std::size_t> find_scenario(const std::vector<std::string>& names, const Pick& pick,
                                         Diagnostics& problems) {
  if (names.empty()) throw NotAResult("holds no scenario");
  if (pick.scenario.empty() && names.size() == 1) return 0;
  if (pick.scenario.empty()) {
    problems.add({}, fmt::format("holds {} scenarios; pick one as {}#NAME with NAME among: {}", names.size(),
                                 pick.file, fmt::join(names, ", ")));
    return std::nullopt;
  }
  const auto found = std::ranges::find(names, pick.scenario);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  problems.add({}, fmt::format("holds no scenario '{}'{}", pick.scenario, name_hint(pick.scenario, names)));
  return std::nullopt;
}

std::map<std::string, ResultInput> read_inputs(hid_t file) {
  if (!has_link(file, "inputs")) throw NotAResult("lacks the group 'inputs'");
  const hdf5::Group group(H5Gopen2(file, "inputs", H5P_DEFAULT), "cannot read the inputs");
  if (!has_link(group.get(), "path")) return {};  // the scenario read no files
  const std::vector<std::string> paths = read_texts(group.get(), "path");
  const std::vector<std::string> texts = read_texts(group.get(), "text");
  const std::vector<std::string> hashes = read_texts(group.get(), "sha256");
  if (paths.size() != texts.size() || paths.size() != hashes.size())
    throw NotAResult("has inputs without text");
  std::map<std::string, ResultInput> inputs;
  for (std::size_t i = 0; i < paths.size(); ++i) inputs.emplace(paths[i], ResultInput{texts[i], hashes[i]});
  return inputs;
}

ResultScenarioSource read(const Pick& pick, Diagnostics& problems) {
  const hdf5::File file(H5Fopen(pick.file.c_str(), H5F_ACC_RDONLY, hdf5::file_access(hdf5::Locking::own).get()),
                        "cannot open it");
  check_version(file.get());
  if (!has_link(file.get(), "provenance")) throw NotAResult("lacks the group 'provenance'");
  const hdf5::Group group(H5Gopen2(file.get(), "provenance", H5P_DEFAULT), "cannot read the scenarios");
  const std::vector<std::string> names = read_texts(group.get(), "scenario");
  const std::vector<std::string> scenarios = read_texts(group.get(), "resolved_scenario");
  if (names.size() != scenarios.size()) throw NotAResult("has scenarios without text");
  for (const std::string& name : names) {
    if (const std::string why = why_no_name(name); !why.empty())
      throw NotAResult(fmt::format("has a scenario whose name {}", why));
  }
  const std::optional<std::size_t> number = find_scenario(names, pick, problems);
  if (!number) return {};
  return {names[*number], scenarios[*number], read_inputs(file.get())};
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

//! The scenario and what is wrong, as bytes.
std::string read_as_bytes(const Pick& pick) {
  const hdf5::QuietErrors quiet;
  ResultScenarioSource source;
  Diagnostics problems;
  try {
    source = read(pick, problems);
  } catch (const hdf5::Hdf5Error& error) {
    problems.add({}, fmt::format("cannot be read as a result file: {}", error.what()));
  } catch (const NotAResult& error) {
    problems.add({}, error.what());
  } catch (const std::bad_alloc&) {
    problems.add({}, "cannot be read as a result file: it asks for too much memory");
  }
  std::vector<std::string> complaints;
  for (const Problem& problem : problems.problems()) complaints.push_back(problem.what);
  ByteWriter bytes;
  bytes(source.name, source.yaml, source.inputs, complaints);
  return bytes.take();
}

}  // namespace

std::string why_no_name(const std::string& name) {
  constexpr std::size_t longest = 200;  // [byte]
  const auto has_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (name.empty() || name == "." || name == "..") return "is no name of a file";
  if (name.size() > longest) return fmt::format("is longer than {} bytes", longest);
  if (!is_utf8(name)) return "is not a text in UTF-8";
  if (std::ranges::any_of(name, has_control)) return "holds a control character";
  return name.find_first_of("/\\") != std::string::npos ? "holds a slash" : "";
}

bool is_result_file(const std::string& path) {
  const std::string file = split(path).file;
  std::error_code ignored;
  // Opening a pipe would wait for its other end, and reading a file of the system, which claims to be empty,
  // for what is still to come.
  if (!std::filesystem::is_regular_file(file, ignored) || std::filesystem::file_size(file, ignored) == 0)
    return false;
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::string start(signature.size(), '\0');
  std::ifstream stream(file, std::ios::binary);
  return stream.read(start.data(), static_cast<std::streamsize>(start.size())) && start == signature;
}

// A file may be made so that HDF5 crashes over it, or never ends: it is read in a process of its own.
ResultScenarioSource read_result_scenario(const std::string& path, Diagnostics& problems) {
  const Pick pick = split(path);
  const Location where{std::make_shared<const std::string>(pick.file)};
  const std::optional<std::string> answer = in_separate_process([&pick] { return read_as_bytes(pick); });
  if (!answer) {
    problems.add(where, "cannot be read as a result file: it is damaged");
    return {};
  }
  ResultScenarioSource source;
  std::vector<std::string> complaints;
  ByteReader bytes(*answer);
  bytes(source.name, source.yaml, source.inputs, complaints);
  for (const std::string& complaint : complaints) problems.add(where, complaint);
  return source;
}

}  // namespace ketsim
