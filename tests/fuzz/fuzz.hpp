// What all fuzz targets share. A target is one function of bytes; whatever they are, it must end without a
// crash, without an exception that the readers do not promise, and within the time and memory that run.sh
// allows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace ketsim {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

//! Ends the process as a crash does, so that the input is kept.
inline void demand(bool condition, const std::string& what) {
  if (condition) return;
  std::fprintf(stderr, "demanded: %s\n", what.c_str());
  std::abort();
}

//! Takes numbers off the front of the input; 0 once it is used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : rest_(text_of(data, size)) {}
  [[nodiscard]] bool empty() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (empty()) return 0;
    const auto first = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }
  std::uint64_t number(int bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8U | byte();
    return value;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  //! Spends the rest on changes of `text`: each writes up to 15 bytes at a place, or takes them out, or puts
  //! them in.
  std::string edited(std::string text) {
    while (!empty() && !text.empty()) {
      const std::uint8_t what = byte();
      const std::size_t at = number(3) % text.size();
      const std::size_t length = what & 15U;
      std::string fresh;
      for (std::size_t i = 0; i < length; ++i) fresh += static_cast<char>(byte());
      if ((what & 0x30U) == 0x10U)
        text.erase(at, length);
      else if ((what & 0x30U) == 0x20U)
        text.insert(at, fresh);
      else
        text.replace(at, length, fresh);
    }
    return text;
  }

 private:
  std::string_view rest_;
};

}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
