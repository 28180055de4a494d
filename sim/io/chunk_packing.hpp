// Values of a variable as the bytes that a chunk of the file holds: what HDF5's filters shuffle and deflate
// would make of them. Done here, because HDF5 works in one thread only, and many workers have replicates to
// compress. Private to io.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

namespace ketsim {

//! Values as a file stores them. Counts are 32-bit integers: half the size, and exact in any reader.
using StoredValues = std::variant<std::vector<std::int32_t>, std::vector<double>>;

//! Level of deflate. Counts by region, sector, KET and size class change slowly: after the shuffle they
//! become 20 to 60 times smaller. Level 3 takes as long as level 1 and saves a sixth; level 6 takes longer
//! and saves 3 % more.
inline constexpr int compression_level = 3;

//! Some values of a chunk: `count` of them from `first` on.
template <class T>
struct ChunkPart {
  const std::vector<T>* values = nullptr;  //!< null: they are missing
  std::size_t first = 0;
  std::size_t count = 0;
};

//! The bytes of a chunk, for T a type of StoredValues. `missing` fills the parts that are not there.
template <class T>
[[nodiscard]] std::vector<unsigned char> pack_chunk(const std::vector<ChunkPart<T>>& parts, T missing);

}  // namespace ketsim
