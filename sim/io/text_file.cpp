#include "text_file.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fmt/format.h>

namespace ketsim {
namespace {

namespace fs = std::filesystem;

//! Why `path` is no readable regular file, or empty.
std::string reason_against(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return "there is no such file";
  if (error) return error.message();
  if (fs::is_directory(status)) return "it is a folder";
  if (!fs::is_regular_file(status)) return "it is not a regular file";
  return {};
}

Location place_of(std::string_view text, std::size_t at, const std::shared_ptr<const std::string>& file) {
  const std::string_view before = text.substr(0, at);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 = 0
  return {file, static_cast<int>(line),
          static_cast<int>(std::min<std::size_t>(at - line_start + 1, 1'000'000'000))};
}

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\t' && c != '\n' && c != '\r') || code == 0x7f;
}

//! ASCII without control characters. Without a branch, so that compilers make vectors of it.
bool is_plain(std::string_view text) {
  unsigned other = 0;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    other |= static_cast<unsigned>(code >= 0x7f) |
             (static_cast<unsigned>(code < 0x20) & static_cast<unsigned>(code != '\t') &
              static_cast<unsigned>(code != '\n') & static_cast<unsigned>(code != '\r'));
  }
  return other == 0;
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool in_range = !(first == 0xe0 && byte(1) < 0xa0) && !(first == 0xed && byte(1) > 0x9f);
    return in_range && continues(1) && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool in_range = !(first == 0xf0 && byte(1) < 0x90) && !(first == 0xf4 && byte(1) > 0x8f);
    return in_range && continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

bool check_text(std::string_view text, const std::shared_ptr<const std::string>& file,
                Diagnostics& problems) {
  constexpr std::size_t block = 64;  // most texts are plain: saves 2.5 ms a megabyte
  std::size_t checked = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (at >= checked) {
      checked = at + block;
      if (is_plain(text.substr(at, block))) {
        at = checked;
        continue;
      }
    }
    const std::size_t length = utf8_length(text, at);
    if (length == 0) {
      problems.add(place_of(text, at, file), "is not a text in UTF-8");
      return false;
    }
    if (is_control(text[at])) {
      problems.add(place_of(text, at, file),
                   fmt::format("holds the control character 0x{:02x}; is it a text file?",
                               static_cast<unsigned char>(text[at])));
      return false;
    }
    at += length;
  }
  return true;
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

std::optional<std::string> read_text_file(const std::string& path, const Location& where,
                                          std::size_t most_bytes, Diagnostics& problems) {
  const auto refuse = [&](const std::string& reason) {
    problems.add(where, fmt::format("cannot read {}: {}", path, reason));
    return std::nullopt;
  };
  if (path.find('\0') != std::string::npos) return refuse("there is no such file");
  if (const std::string reason = reason_against(path); !reason.empty()) return refuse(reason);
  const auto refuse_with_errno = [&] { return refuse(std::generic_category().message(errno)); };
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "rbe"),
                                                                &std::fclose);
  if (!file) return refuse_with_errno();
  // Files of the system may wait for what is still to come: /proc/kmsg does.
  if (::fcntl(::fileno(file.get()), F_SETFL, O_NONBLOCK) != 0) return refuse_with_errno();
  // The size is only a hint of how much to expect: some files of the system claim to be empty, and a file may
  // grow.
  std::string text;
  constexpr std::size_t step = std::size_t{1} << 16;
  std::error_code no_size;
  const std::uintmax_t size_now = fs::file_size(path, no_size);
  if (!no_size) text.reserve(std::min<std::size_t>(size_now, most_bytes) + step);
  while (std::feof(file.get()) == 0 && text.size() <= most_bytes) {
    const std::size_t size = text.size();
    text.resize(size + step);
    text.resize(size + std::fread(text.data() + size, 1, step, file.get()));
    if (std::ferror(file.get()) != 0) return refuse_with_errno();
  }
  if (text.size() > most_bytes) return refuse(fmt::format("it is larger than {} MB", most_bytes / 1'000'000));
  return text;
}

}  // namespace ketsim
