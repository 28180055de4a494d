// A file in memory under a path of its own, for readers that take paths.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace ketsim {

class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : number_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    if (number_ < 0) std::abort();
    while (!bytes.empty()) {
      const ssize_t step = ::write(number_, bytes.data(), bytes.size());
      if (step <= 0) std::abort();
      bytes.remove_prefix(static_cast<std::size_t>(step));
    }
  }
  ~MemoryFile() { ::close(number_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(number_); }

 private:
  int number_;
};

}  // namespace ketsim
