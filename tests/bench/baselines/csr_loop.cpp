// The same model by somebody who cares for speed: neighbours in one flat array (compressed rows), states of
// one byte, a small inlined generator, and no division in the loop.
#include <bit>

#include "baseline.hpp"

namespace {

//! xoshiro256++ (Blackman and Vigna 2021, ACM Trans. Math. Softw. 47:36), seeded by SplitMix64.
class Xoshiro {
 public:
  explicit Xoshiro(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t mixed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
      word = mixed ^ (mixed >> 31);
    }
  }
  double uniform() {
    const std::uint64_t bits = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return static_cast<double>(bits >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_[4];
};

struct Network {
  std::vector<std::uint32_t> offset;  //!< neighbours of agent i stand at offset[i] to offset[i+1]
  std::vector<std::uint32_t> neighbour;
  std::vector<double> weight;  //!< imitation over the number of neighbours; 0 without any
  std::vector<std::uint8_t> now, next;
};

Network make_network(const baseline::Options& options) {
  Network network;
  network.offset.assign(options.agents + 1, 0);
  for (const auto& [agent, neighbour] : baseline::make_edges(options)) {
    ++network.offset[agent + 1];
    network.neighbour.push_back(neighbour);
  }
  for (std::uint32_t i = 0; i < options.agents; ++i) {
    const std::uint32_t degree = network.offset[i + 1];
    network.weight.push_back(degree > 0 ? baseline::imitation / degree : 0.0);
    network.offset[i + 1] += network.offset[i];
  }
  network.now.resize(options.agents);
  network.next.resize(options.agents);
  return network;
}

baseline::Counts simulate(Network& network, std::uint32_t steps, std::uint64_t seed) {
  Xoshiro random(seed);
  std::fill(network.now.begin(), network.now.end(), std::uint8_t{0});
  baseline::Counts counts;
  for (std::uint32_t step = 0; step < steps; ++step) {
    const std::uint8_t* now = network.now.data();
    std::uint64_t adopters = 0;
    for (std::size_t i = 0; i < network.now.size(); ++i) {
      std::uint8_t state = now[i];
      if (state == 0) {
        int adopting = 0;
        for (std::uint32_t at = network.offset[i]; at < network.offset[i + 1]; ++at)
          adopting += now[network.neighbour[at]];
        state = random.uniform() < baseline::innovation + network.weight[i] * adopting ? 1 : 0;
      }
      network.next[i] = state;
      adopters += state;
    }
    std::swap(network.now, network.next);
    counts.push_back(adopters);
  }
  return counts;
}

}  // namespace

int main(int count, char** words) {
  return baseline::guarded(count, words, [](const baseline::Options& options) {
    baseline::run_and_report(options, make_network(options), [&](Network& network, std::uint32_t replicate) {
      return simulate(network, options.steps, options.seed + 1 + replicate);
    });
  });
}
