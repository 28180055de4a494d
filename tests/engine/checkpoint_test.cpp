// A world that was saved and restored goes on as if nothing had happened, to the bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/engine/simulation.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

const Overrides small{"population.agents=400", "time.end=2020-12", "horizons=[2020-12]"};

//! Runs to the end, put down as bytes and taken up again before every month that `stops` names.
std::string run_with_stops(const std::shared_ptr<const Setup>& setup, const std::function<bool(int)>& stops) {
  auto simulation = std::make_unique<Simulation>(setup, 7, 2);
  for (int month = 0; !simulation->is_done(); ++month) {
    if (stops(month)) {
      const std::string saved = simulation->save();
      simulation = std::make_unique<Simulation>(setup, 7, 2, saved);
      EXPECT_TRUE(simulation->save() == saved) << "month " << month;
    }
    simulation->step();
  }
  return simulation->save();
}

class CheckpointOf : public testing::TestWithParam<std::string> {};

std::vector<std::string> example_scenarios() {
  std::vector<std::string> names;
  for (const char* folder : {"", "instruments/"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(scenarios_folder) + folder)) {
      if (entry.path().extension() == ".yaml") names.push_back(folder + entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

TEST_P(CheckpointOf, RestoredAtAnyMonthGoesOnToTheSameBits) {
  const auto setup = setup_of(GetParam(), small);
  const std::string undisturbed = run_with_stops(setup, [](int) { return false; });
  EXPECT_TRUE(run_with_stops(setup, [](int month) { return month % 5 == 3; }) == undisturbed);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, CheckpointOf, testing::ValuesIn(example_scenarios()),
                         [](const auto& scenario) {
                           std::string name = scenario.param;
                           std::ranges::replace_if(
                               name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); },
                               '_');
                           return name;
                         });

TEST(Checkpoint, RestoredBeforeEveryMonthGoesOnToTheSameWorld) {
  const auto setup = setup_of("rocket.yaml", small);
  Simulation undisturbed(setup, 3, 0);
  undisturbed.run();
  auto stopped = std::make_unique<Simulation>(setup, 3, 0);
  while (!stopped->is_done()) {
    stopped = std::make_unique<Simulation>(setup, 3, 0, stopped->save());
    stopped->step();
  }
  EXPECT_TRUE(differing_columns(undisturbed.world(), stopped->world()).empty());
  for (std::size_t s = 0; s < undisturbed.recorder().series().size(); ++s)
    EXPECT_TRUE(undisturbed.recorder().values()[s] == stopped->recorder().values()[s])
        << undisturbed.recorder().series()[s].name;
  EXPECT_TRUE(undisturbed.save() == stopped->save());
}

TEST(Checkpoint, StepWiseDrawsAndSharedGraphsGoOnToo) {
  for (const char* change : {"draws=step_wise", "network.per_replicate=false", "network.turnover=0"}) {
    Overrides changes = small;
    changes.emplace_back(change);
    const auto setup = setup_of("rocket.yaml", changes);
    EXPECT_TRUE(run_with_stops(setup, [](int month) { return month % 7 == 6; }) ==
                run_with_stops(setup, [](int) { return false; }))
        << change;
  }
}

TEST(Checkpoint, AWithheldAwardStaysWithheld) {
  const auto setup = setup_of("rocket.yaml", small);
  Simulation own(setup, 7, 2);
  own.run();
  const std::vector<MadeAward> awards = awards_of(own);
  ASSERT_FALSE(awards.empty());
  Simulation undisturbed(setup, 7, 2);
  undisturbed.withhold(awards.back().award);
  const std::string at_start = undisturbed.save();
  undisturbed.run();
  Simulation restored(setup, 7, 2, at_start);
  restored.run();
  EXPECT_TRUE(restored.save() == undisturbed.save());
  EXPECT_FALSE(restored.save() == own.save());
}

TEST(Checkpoint, GoesOnWithAnotherNumberOfThreads) {
  const auto setup =
      setup_of("rocket.yaml", {"population.agents=9000", "time.end=2016-12", "horizons=[2016-12]"});
  Simulation undisturbed(setup, 1, 0);
  undisturbed.run();
  std::string saved;
  with_threads(3, [&] {
    Simulation first(setup, 1, 0);
    for (int month = 0; month < 20; ++month) first.step();
    saved = first.save();
  });
  with_threads(1, [&] {
    Simulation second(setup, 1, 0, saved);
    second.run();
    saved = second.save();
  });
  EXPECT_TRUE(saved == undisturbed.save());
}

TEST(Checkpoint, BytesOfAnotherScenarioOrCutOnesAreRefused) {
  const auto setup = setup_of("rocket.yaml", small);
  Simulation simulation(setup, 7, 2);
  simulation.step();
  const std::string saved = simulation.save();
  const auto restore = [](const std::shared_ptr<const ketsim::Setup>& into, std::string_view bytes) {
    Simulation restored(into, 7, 2, bytes);
  };
  EXPECT_NO_THROW(restore(setup, saved));
  EXPECT_THROW(restore(setup_of("no_programme.yaml", small), saved), DamagedBytes);
  EXPECT_THROW(
      restore(setup_of("rocket.yaml", {"population.agents=400", "time.end=2019-12", "horizons=[2019-12]"}),
              saved),
      DamagedBytes);
  EXPECT_THROW(restore(setup_of("funding_only.yaml", small), saved), DamagedBytes);
  EXPECT_THROW(restore(setup, saved + "x"), DamagedBytes);
  for (std::size_t part = 0; part < 200; ++part)
    EXPECT_THROW(restore(setup, std::string_view(saved).substr(0, saved.size() * part / 200)), DamagedBytes);
}

TEST(Checkpoint, AWorldThatCannotBeIsRefused) {
  const auto setup = setup_of("rocket.yaml", small);
  Simulation simulation(setup, 7, 2);
  for (int month = 0; month < 40; ++month) simulation.step();
  const auto expect_refused = [&](const std::string& why) {
    EXPECT_THAT([&] { Simulation(setup, 7, 2, simulation.save()); },
                testing::ThrowsMessage<DamagedBytes>(testing::HasSubstr(why)));
  };
  simulation.world().proposals[0].ket = KetId(std::size_t{200});
  expect_refused("no such world can be: proposal 0: it names what is not there");
  simulation.world().proposals[0].ket = KetId(std::size_t{0});
  ++simulation.world().living;
  expect_refused("firms alive");
  --simulation.world().living;
  simulation.world().proposals[0].score = std::numeric_limits<double>::quiet_NaN();
  expect_refused("a number is none");
}

}  // namespace
}  // namespace ketsim
