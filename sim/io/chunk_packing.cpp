#include "chunk_packing.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <type_traits>

namespace ketsim {
namespace {

static_assert(std::endian::native == std::endian::little, "files hold numbers as the machine does");

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

// Byte b of a value goes b * stride further than its byte 0: bytes of one kind stand together. Those of high
// order are mostly zero, as `to` is from the start, and cost no more than the look at all values together.
template <class T>
void shuffle(const T* values, std::size_t count, unsigned char* to, std::size_t stride) {
  std::uint64_t any = 0;
  for (std::size_t i = 0; i < count; ++i) any |= std::bit_cast<BitsOf<T>>(values[i]);
  for (std::size_t b = 0; b < sizeof(T); ++b) {
    const std::size_t shift = 8 * b;
    if ((any >> shift & 255U) == 0) continue;
    unsigned char* bytes = to + b * stride;
    for (std::size_t i = 0; i < count; ++i)
      bytes[i] = static_cast<unsigned char>(std::bit_cast<BitsOf<T>>(values[i]) >> shift & 255U);
  }
}

// The same of one value many times.
template <class T>
void shuffle_copies(T value, std::size_t count, unsigned char* to, std::size_t stride) {
  const auto bits = std::bit_cast<BitsOf<T>>(value);
  for (std::size_t b = 0; b < sizeof(T); ++b)
    std::fill_n(to + b * stride, count, static_cast<unsigned char>(bits >> 8 * b & 255U));
}

std::vector<unsigned char> deflated(const std::vector<unsigned char>& bytes) {
  uLongf size = compressBound(bytes.size());
  std::vector<unsigned char> result(size);
  if (compress2(result.data(), &size, bytes.data(), bytes.size(), compression_level) != Z_OK)
    throw std::runtime_error("there is not enough memory to compress the results");
  result.resize(size);
  return result;
}

}  // namespace

template <class T>
std::vector<unsigned char> pack_chunk(const std::vector<ChunkPart<T>>& parts, T missing) {
  std::size_t values = 0;
  for (const ChunkPart<T>& part : parts) values += part.count;
  std::vector<unsigned char> bytes(values * sizeof(T));
  unsigned char* to = bytes.data();
  for (const ChunkPart<T>& part : parts) {
    if (part.values == nullptr) {
      shuffle_copies(missing, part.count, to, values);
    } else {
      shuffle(part.values->data() + part.first, part.count, to, values);
    }
    to += part.count;
  }
  return deflated(bytes);
}

template std::vector<unsigned char> pack_chunk(const std::vector<ChunkPart<std::int32_t>>&, std::int32_t);
template std::vector<unsigned char> pack_chunk(const std::vector<ChunkPart<double>>&, double);

}  // namespace ketsim
