// Values as bytes and back, for files of ketsim's own: checkpoints and the runs of sweeps. Little-endian,
// without padding; a reader never goes beyond what is there, whatever the bytes are.
//
// A structure says once how it is streamed, both ways:
//
//   template <class Stream>
//   void stream(Stream& bytes, Loan& loan) { bytes(loan.firm, loan.owed, loan.rate); }
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ketsim {

static_assert(std::endian::native == std::endian::little, "bytes of files are those of memory");

//! Bytes that end too early, or hold what no writer wrote.
class DamagedBytes : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {
//! Copied as they are: numbers, enumerations, and structures of them that have no padding.
template <class T>
inline constexpr bool is_plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                                 (std::is_floating_point_v<T> || std::has_unique_object_representations_v<T>);
}  // namespace detail

class ByteWriter {
 public:
  static constexpr bool is_reading = false;

  ByteWriter() = default;
  //! Keeps nothing of what it is given but its size.
  [[nodiscard]] static ByteWriter counting() {
    ByteWriter writer;
    writer.only_counts_ = true;
    return writer;
  }
  //! Space for so many bytes: what grows step by step takes up to three times its size meanwhile.
  void reserve(std::size_t size) { bytes_.reserve(size); }
  [[nodiscard]] std::size_t size() const { return size_; }

  template <class... T>
  void operator()(const T&... values) {
    (put(const_cast<T&>(values)),
     ...);  // stream() of a structure takes it for both ways; a writer changes nothing
  }
  //! A list whose elements can only be made as copies of `model`.
  template <class T>
  void resized(std::vector<T>& values, const T& /*model*/) {
    put(values);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void put_raw(const void* data, std::size_t size) {
    size_ += size;
    if (!only_counts_) bytes_.append(static_cast<const char*>(data), size);
  }
  void put_count(std::size_t count) {
    const std::uint64_t wide = count;
    put_raw(&wide, sizeof wide);
  }

  template <class T>
  void put(T& value) {
    if constexpr (detail::is_plain<T>) {
      put_raw(&value, sizeof value);
    } else {
      stream(*this, value);
    }
  }
  void put(std::string& text) {
    put_count(text.size());
    put_raw(text.data(), text.size());
  }
  template <class T>
  void put(std::vector<T>& values) {
    put_count(values.size());
    if constexpr (detail::is_plain<T>) {
      put_raw(values.data(), values.size() * sizeof(T));
    } else {
      for (T& value : values) put(value);
    }
  }
  template <class T, std::size_t N>
  requires(!detail::is_plain<std::array<T, N>>) void put(std::array<T, N>& values) {
    for (T& value : values) put(value);
  }
  template <class T>
  void put(std::optional<T>& value) {
    bool is_there = value.has_value();
    put(is_there);
    if (value) put(*value);
  }
  template <class... T>
  void put(std::variant<T...>& value) {
    put_count(value.index());
    std::visit([this](auto& held) { this->put(held); }, value);
  }
  template <class First, class Second>
  void put(std::pair<First, Second>& pair) {
    put(pair.first);
    put(pair.second);
  }
  template <class Key, class T>
  void put(std::map<Key, T>& map) {
    put_count(map.size());
    for (auto& [key, value] : map) {
      put(const_cast<Key&>(key));
      put(value);
    }
  }
  template <class T>
  void put(std::set<T>& set) {
    put_count(set.size());
    for (const T& value : set) put(const_cast<T&>(value));
  }

  std::string bytes_;
  std::size_t size_ = 0;
  bool only_counts_ = false;
};

//! Throws DamagedBytes.
class ByteReader {
 public:
  static constexpr bool is_reading = true;

  explicit ByteReader(std::span<const char> bytes) : bytes_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  template <class T>
  void resized(std::vector<T>& values, const T& model) {
    values.assign(get_count(1), model);
    for (T& value : values) get(value);
  }
  //! From now on nan is damage; else it is a number as any.
  void refuse_nan(bool refuses) { refuses_nan_ = refuses; }
  [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }
  void expect_end() const {
    if (!is_at_end()) throw DamagedBytes("there are more bytes than it should hold");
  }

 private:
  void get_raw(void* data, std::size_t size) {
    if (size > bytes_.size()) throw DamagedBytes("it ends too early");
    if (size > 0) std::memcpy(data, bytes_.data(), size);
    bytes_ = bytes_.subspan(size);
  }
  //! Of elements that take at least `least_bytes` each, so that no more space is made than there is need for.
  std::size_t get_count(std::size_t least_bytes) {
    std::uint64_t count = 0;
    get_raw(&count, sizeof count);
    if (count > bytes_.size() / least_bytes) throw DamagedBytes("it ends too early");
    return static_cast<std::size_t>(count);
  }

  // Sets and maps come in their order, as they were written.
  static void expect_last(bool is_last) {
    if (!is_last) throw DamagedBytes("keys are out of order");
  }

  template <class T>
  void get(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      get(byte);
      if (byte > 1) throw DamagedBytes("a truth value is neither 0 nor 1");
      value = byte != 0;
    } else if constexpr (detail::is_plain<T>) {
      get_raw(&value, sizeof value);
      check_number(value);
    } else {
      stream(*this, value);
    }
  }
  template <class T>
  void check_number(const T& value) const {
    if constexpr (std::is_floating_point_v<T>) {
      if (refuses_nan_ && std::isnan(value)) throw DamagedBytes("a number is none");
    }
  }
  void get(std::string& text) {
    text.resize(get_count(1));
    get_raw(text.data(), text.size());
  }
  template <class T>
  void get(std::vector<T>& values) {
    values.clear();
    if constexpr (detail::is_plain<T>) {
      values.resize(get_count(sizeof(T)));
      get_raw(values.data(), values.size() * sizeof(T));
      for (const T& value : values) check_number(value);
    } else {
      for (std::size_t left = get_count(1); left > 0; --left) get(values.emplace_back());
    }
  }
  template <class T, std::size_t N>
  requires(!detail::is_plain<std::array<T, N>>) void get(std::array<T, N>& values) {
    for (T& value : values) get(value);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool is_there = false;
    get(is_there);
    value.reset();
    if (is_there) get(value.emplace());
  }
  template <class... T>
  void get(std::variant<T...>& value) {
    std::uint64_t index = 0;
    get(index);
    if (index >= sizeof...(T)) throw DamagedBytes("a value is of no known type");
    std::size_t type = 0;
    ((type++ == index ? get(value.template emplace<T>()) : void()), ...);
  }
  template <class First, class Second>
  void get(std::pair<First, Second>& pair) {
    get(pair.first);
    get(pair.second);
  }
  template <class Key, class T>
  void get(std::map<Key, T>& map) {
    map.clear();
    for (std::size_t left = get_count(1); left > 0; --left) {
      Key key{};
      get(key);
      expect_last(map.empty() || map.rbegin()->first < key);
      get(map[key]);
    }
  }
  template <class T>
  void get(std::set<T>& set) {
    set.clear();
    for (std::size_t left = get_count(1); left > 0; --left) {
      T value{};
      get(value);
      expect_last(set.empty() || *set.rbegin() < value);
      set.insert(set.end(), value);
    }
  }

  std::span<const char> bytes_;
  bool refuses_nan_ = false;
};

}  // namespace ketsim
