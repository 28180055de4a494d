// Exposures of peers, one by one where few firms change, and by ranges of rows where many do.
//
// Peers of a firm lie anywhere, so that two threads that told them one by one would meet in one row. So what
// is to be added is first sorted into parcels by ranges of rows, each small enough for the cache of one core,
// and then each range is worked off by one thread. On one thread that gains a tenth at 1e6 firms
// (tests/bench/kernels); on all cores it is what lets a month of many adoptions run in parallel.
#include "ketsim/model/stage_change.hpp"

#include <algorithm>
#include <array>

#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"

namespace ketsim {
namespace {

// An addition in one word: row in its range, strength of the tie, +1, 0 or -1 to either exposure.
constexpr unsigned range_bits = 15;  // 32,768 rows x 2 exposures x 4 bytes = 256 KiB
constexpr unsigned strength_shift = range_bits;
constexpr unsigned informed_shift = strength_shift + 8;
constexpr unsigned adopting_shift = informed_shift + 2;
constexpr std::uint32_t row_mask = (1U << range_bits) - 1;

constexpr std::uint32_t signs_of(const StageChange& change) {
  return static_cast<std::uint32_t>(change.informed() + 1) << informed_shift |
         static_cast<std::uint32_t>(change.adopting() + 1) << adopting_shift;
}
constexpr int sign_at(std::uint32_t parcel, unsigned shift) {
  return static_cast<int>(parcel >> shift & 3U) - 1;
}

constexpr std::size_t lanes = 16;          // parts of the changes that are sorted at the same time
constexpr std::size_t few_changes = 512;   // below, sorting costs more than it saves
constexpr std::size_t changes_ahead = 16;  // whose peers are fetched from memory in the meantime

constexpr std::size_t kets_at_once = 4;          // a byte tells of a peer which of them it knows and uses
constexpr std::size_t most_peers_at_once = 257;  // x 255 is below 2^16

// Four counters of 16 bits in a word: one in each whose bit is set.
constexpr std::array<std::uint64_t, 16> counters_of_bits = [] {
  std::array<std::uint64_t, 16> words{};
  for (std::uint64_t bits = 0; bits < 16; ++bits) {
    for (unsigned k = 0; k < kets_at_once; ++k) words[bits] |= (bits >> k & 1U) << 16 * k;
  }
  return words;
}();

// Of four KETs from `first` on, which the firm of a row knows (low half of the byte) and uses (high half).
std::vector<std::uint8_t> codes_of(const Firms& firms, std::size_t first, std::size_t kets) {
  std::vector<std::uint8_t> codes(firms.count(), 0);
  for_rows(codes.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = 0; k < kets; ++k) {
      const Stage* stage = firms.stage.data(KetId(first + k));
      for (std::size_t i = begin; i < end; ++i) {
        const unsigned code = (knows(stage[i]) ? 1U : 0U) | (uses(stage[i]) ? 16U : 0U);
        codes[i] = static_cast<std::uint8_t>(codes[i] | code << k);
      }
    }
  });
  return codes;
}

}  // namespace

// A peer is looked up once for four KETs, not once for each: about two and a half times as fast.
void count_peers(Firms& firms, const PeerTies& peers, std::size_t kets) {
  for (std::size_t first = 0; first < kets; first += kets_at_once) {
    const std::size_t count = std::min(kets_at_once, kets - first);
    const std::vector<std::uint8_t> codes = codes_of(firms, first, count);
    for_rows(firms.count(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const auto neighbours = peers.neighbours(FirmId(i));
        const auto strengths = peers.strengths(FirmId(i));
        std::array<std::int32_t, kets_at_once> informed{};
        std::array<std::int32_t, kets_at_once> adopting{};
        for (std::size_t from = 0; from < neighbours.size(); from += most_peers_at_once) {
          std::uint64_t know = 0;
          std::uint64_t use = 0;
          const std::size_t to = std::min(neighbours.size(), from + most_peers_at_once);
          for (std::size_t n = from; n < to; ++n) {
            const std::uint8_t code = codes[neighbours[n]];
            know += counters_of_bits[code & 15U] * strengths[n];
            use += counters_of_bits[code >> 4] * strengths[n];
          }
          for (std::size_t k = 0; k < kets_at_once; ++k) {
            informed[k] += static_cast<std::int32_t>(know >> 16 * k & 0xffffU);
            adopting[k] += static_cast<std::int32_t>(use >> 16 * k & 0xffffU);
          }
        }
        for (std::size_t k = 0; k < count; ++k) {
          firms.informed_exposure(FirmId(i), KetId(first + k)) = informed[k];
          firms.adopting_exposure(FirmId(i), KetId(first + k)) = adopting[k];
        }
      }
    });
  }
}

void ExposureSpread::spread(Firms& firms, const PeerTies& peers, std::span<const StageChange> changes) {
  if (std::ranges::none_of(changes, &StageChange::is_felt)) return;
  if (changes.size() > few_changes) return spread_by_range(firms, peers, changes);
  for (const StageChange& change : changes) {
    if (!change.is_felt()) continue;
    const int informed = change.informed();
    const int adopting = change.adopting();
    const auto neighbours = peers.neighbours(change.firm);
    const auto strengths = peers.strengths(change.firm);
    for (std::size_t n = 0; n < neighbours.size(); ++n) {
      const FirmId neighbour(neighbours[n]);
      firms.informed_exposure(neighbour, change.ket) += informed * strengths[n];
      firms.adopting_exposure(neighbour, change.ket) += adopting * strengths[n];
    }
  }
}

void ExposureSpread::spread_by_range(Firms& firms, const PeerTies& peers,
                                     std::span<const StageChange> changes) {
  const KetId ket = changes.front().ket;
  const std::size_t ranges = (firms.count() >> range_bits) + 1;
  parcels_.resize(lanes * ranges);
  for_parts(lanes, [&](std::size_t lane) {
    std::vector<std::uint32_t>* parcels = &parcels_[lane * ranges];
    const std::size_t end = changes.size() * (lane + 1) / lanes;
    for (std::size_t c = changes.size() * lane / lanes; c < end; ++c) {
      peers.prefetch_place(changes[std::min(c + 2 * changes_ahead, end - 1)].firm);
      peers.prefetch(changes[std::min(c + changes_ahead, end - 1)].firm);
      expect(changes[c].ket == ket, "changes of one KET");
      if (!changes[c].is_felt()) continue;
      const std::uint32_t signs = signs_of(changes[c]);
      const auto neighbours = peers.neighbours(changes[c].firm);
      const auto strengths = peers.strengths(changes[c].firm);
      for (std::size_t n = 0; n < neighbours.size(); ++n) {
        parcels[neighbours[n] >> range_bits].push_back((neighbours[n] & row_mask) |
                                                       std::uint32_t{strengths[n]} << strength_shift | signs);
      }
    }
  });
  for_parts(ranges, [&](std::size_t range) {
    std::int32_t* informed = firms.informed_exposure.data(ket) + (range << range_bits);
    std::int32_t* adopting = firms.adopting_exposure.data(ket) + (range << range_bits);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      std::vector<std::uint32_t>& parcels = parcels_[lane * ranges + range];
      for (const std::uint32_t parcel : parcels) {
        const std::uint32_t row = parcel & row_mask;
        const auto strength = static_cast<std::int32_t>(parcel >> strength_shift & 255U);
        informed[row] += sign_at(parcel, informed_shift) * strength;
        adopting[row] += sign_at(parcel, adopting_shift) * strength;
      }
      parcels.clear();
    }
  });
}

}  // namespace ketsim
