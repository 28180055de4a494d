// The model as anybody would write it for one study: a vector of agents that hold their neighbours, a
// generator of the standard library, and two arrays of states so that all agents decide at the same time.
#include "baseline.hpp"

namespace {

struct Agent {
  bool adopted = false;
  std::vector<std::uint32_t> neighbours;
};
using Population = std::vector<Agent>;

Population make_population(const baseline::Options& options) {
  Population population(options.agents);
  for (const auto& [agent, neighbour] : baseline::make_edges(options))
    population[agent].neighbours.push_back(neighbour);
  return population;
}

baseline::Counts simulate(Population& population, std::uint32_t steps, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (Agent& agent : population) agent.adopted = false;
  std::vector<char> adopts(population.size());
  baseline::Counts counts;
  std::uint64_t adopters = 0;
  for (std::uint32_t step = 0; step < steps; ++step) {
    for (std::size_t i = 0; i < population.size(); ++i) {
      const Agent& agent = population[i];
      adopts[i] = 0;
      if (agent.adopted) continue;
      int adopting = 0;
      for (const std::uint32_t neighbour : agent.neighbours)
        adopting += population[neighbour].adopted ? 1 : 0;
      const double share =
          agent.neighbours.empty() ? 0.0 : adopting / static_cast<double>(agent.neighbours.size());
      adopts[i] = uniform(random) < baseline::innovation + baseline::imitation * share ? 1 : 0;
    }
    for (std::size_t i = 0; i < population.size(); ++i) {
      if (adopts[i] == 0) continue;
      population[i].adopted = true;
      ++adopters;
    }
    counts.push_back(adopters);
  }
  return counts;
}

}  // namespace

int main(int count, char** words) {
  return baseline::guarded(count, words, [](const baseline::Options& options) {
    baseline::run_and_report(options, make_population(options),
                             [&](Population& population, std::uint32_t replicate) {
                               return simulate(population, options.steps, options.seed + 1 + replicate);
                             });
  });
}
