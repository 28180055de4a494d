// What the baselines share: their options, the random network, replicates on threads, and the lines that they
// print. Each step every non-adopter adopts with probability p + q x share of adopting neighbours, all at the
// same time; the adopters are counted after each step. Only this loop is timed, never the building of the
// network.
#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace baseline {

inline constexpr double innovation = 0.003;  //!< p: adopts by itself [1/step]
inline constexpr double imitation = 0.1;     //!< q: with all neighbours adopting [1/step]

struct Options {
  std::uint32_t agents = 100'000;
  std::uint32_t steps = 100;
  std::uint32_t degree = 10;  //!< mean: each agent seeks half as many partners
  std::uint64_t seed = 1;
  std::uint32_t replicates = 1;
  std::uint32_t threads = 1;
  std::string
      edges;  //!< CSV with a header and two agents (0 to agents - 1) a line, instead of a random network
};

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Counts = std::vector<std::uint64_t>;  //!< adopters after each step

template <class Number>
Number whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("no whole number in range: " + std::string(text));
  return number;
}

inline Options read_options(int count, char** words) {
  Options options;
  if (count % 2 == 0)
    throw std::invalid_argument("an option without a value: " + std::string(words[count - 1]));
  for (int i = 1; i < count; i += 2) {
    const std::string_view name = words[i];
    const std::string_view value = words[i + 1];
    if (name == "--agents")
      options.agents = whole_number<std::uint32_t>(value);
    else if (name == "--steps")
      options.steps = whole_number<std::uint32_t>(value);
    else if (name == "--degree")
      options.degree = whole_number<std::uint32_t>(value);
    else if (name == "--seed")
      options.seed = whole_number<std::uint64_t>(value);
    else if (name == "--replicates")
      options.replicates = whole_number<std::uint32_t>(value);
    else if (name == "--threads")
      options.threads = whole_number<std::uint32_t>(value);
    else if (name == "--edges")
      options.edges = value;
    else
      throw std::invalid_argument("unknown option " + std::string(name));
  }
  if (std::min({options.agents, options.steps, options.replicates, options.threads}) == 0)
    throw std::invalid_argument("agents, steps, replicates and threads are at least 1");
  return options;
}

inline Edges read_edges(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::invalid_argument("cannot read " + path);
  Edges edges;
  std::string line;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = std::min(line.find(',', first + 1), line.find_last_not_of('\r') + 1);
    edges.emplace_back(
        whole_number<std::uint32_t>(std::string_view(line).substr(0, first)),
        whole_number<std::uint32_t>(std::string_view(line).substr(first + 1, second - first - 1)));
  }
  return edges;
}

//! Both directions of every tie, sorted, without ties to oneself and without doubles.
inline Edges make_edges(const Options& options) {
  Edges sought;
  if (!options.edges.empty()) {
    sought = read_edges(options.edges);
  } else {
    std::mt19937_64 random(options.seed);
    std::uniform_int_distribution<std::uint32_t> anybody(0, options.agents - 1);
    for (std::uint32_t agent = 0; agent < options.agents; ++agent)
      for (std::uint32_t n = 0; n < options.degree / 2; ++n) sought.emplace_back(agent, anybody(random));
  }
  Edges edges;
  edges.reserve(2 * sought.size());
  for (const auto& [a, b] : sought) {
    if (std::max(a, b) >= options.agents) throw std::invalid_argument("an agent of a tie is out of range");
    if (a == b) continue;
    edges.emplace_back(a, b);
    edges.emplace_back(b, a);
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

//! Runs simulate(model, replicate) for all replicates, one after another on each thread, with a copy of the
//! model for each thread. Prints speed, time, and the mean number of adopters half-way and at the end.
template <class Model, class Simulate>
void run_and_report(const Options& options, const Model& model, Simulate simulate) {
  std::vector<Counts> counts(options.replicates);
  std::vector<Model> models(options.threads, model);
  const auto started = std::chrono::steady_clock::now();
  const auto work = [&](std::uint32_t thread) {
    for (std::uint32_t r = thread; r < options.replicates; r += options.threads)
      counts[r] = simulate(models[thread], r);
  };
  std::vector<std::thread> others;
  for (std::uint32_t thread = 1; thread < options.threads; ++thread) others.emplace_back(work, thread);
  work(0);
  for (std::thread& other : others) other.join();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;

  double half_way = 0.0;
  double final = 0.0;
  for (const Counts& of_replicate : counts) {
    half_way += static_cast<double>(of_replicate[(options.steps - 1) / 2]) / options.replicates;
    final += static_cast<double>(of_replicate.back()) / options.replicates;
  }
  const double agent_steps = 1.0 * options.agents * options.steps * options.replicates;
  std::printf("agent-steps/s %.4e\nseconds %.6f\nadopters %.1f\nadopters_half_way %.1f\n",
              agent_steps / seconds.count(), seconds.count(), final, half_way);
}

//! A main function: what goes wrong becomes one line and exit code 2.
template <class Body>
int guarded(int count, char** words, Body body) {
  try {
    body(read_options(count, words));
    return EXIT_SUCCESS;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s: %s\n", words[0], problem.what());
    return 2;
  }
}

}  // namespace baseline
