// A sink that keeps what it is given, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ketsim/experiment/experiment.hpp"
#include "ketsim/results/sink.hpp"
#include "support/small_world.hpp"

namespace ketsim {

inline ExperimentScenario labelled(std::shared_ptr<const Setup> setup, const std::string& name) {
  ExperimentScenario scenario;
  scenario.setup = std::move(setup);
  scenario.record.name = name;
  return scenario;
}

inline ExperimentOptions options_of(const std::string& command, std::uint64_t seed,
                                    std::uint32_t replicates) {
  ExperimentOptions options;
  options.command = command;
  options.seed = seed;
  options.replicates = replicates;
  return options;
}

class CapturingSink final : public ResultSink {
 public:
  void begin(const ResultHeader& h) override {
    header = h;
    calls += 'b';
  }
  std::unique_ptr<Parcel> accept(ReplicateResult result) override {
    return std::make_unique<Captured>(*this, std::move(result));
  }
  void write_rows(const Rows& r) override { rows.push_back(r); }
  void write_measures(const std::vector<Dimension>& d, const std::vector<Measure>& m) override {
    dimensions = d;
    measures = m;
    calls += 'm';
  }
  void finish() override { calls += 'f'; }

  [[nodiscard]] std::vector<std::vector<std::vector<double>>> values() const {
    std::vector<std::vector<std::vector<double>>> all;
    for (const ReplicateResult& result : results) all.push_back(result.values);
    return all;
  }
  //! Bits, because NaN equals nothing.
  [[nodiscard]] std::string measure_bits() const {
    std::string bits;
    for (const Measure& measure : measures) {
      bits += measure.name;
      for (const double value : measure.values) bits += bits_of(value);
    }
    return bits;
  }
  [[nodiscard]] const Measure* find(const std::string& name) const {
    for (const Measure& measure : measures) {
      if (measure.name == name) return &measure;
    }
    return nullptr;
  }

  ResultHeader header;
  std::vector<ReplicateResult> results;  //!< as they were sorted; one may be while another is stored
  std::vector<Rows> rows;                //!< as they came
  std::vector<Dimension> dimensions;
  std::vector<Measure> measures;
  std::string calls;  //!< b begin, w store, m measures, f finish, in their order

 private:
  struct Captured final : Parcel {
    Captured(CapturingSink& to, ReplicateResult values) : sink(to), result(std::move(values)) {}
    void sort() override { sink.results.push_back(std::move(result)); }
    void pack() override { is_packed = true; }
    void store() override {
      EXPECT_TRUE(is_packed);
      sink.calls += 'w';
    }
    CapturingSink& sink;
    ReplicateResult result;
    bool is_packed = false;
  };
};

}  // namespace ketsim
