// Work that was kept, changed by somebody who also made the checksums right: it is refused or done anew, and
// never leads out of a table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>

#include "../../sim/experiment/run_journal.hpp"
#include "../io/temporary_folder.hpp"
#include "change_records.hpp"
#include "ketsim/experiment/experiment.hpp"
#include "support/capturing_sink.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

std::vector<ExperimentScenario> twins() {
  const Overrides small{"time.start=2016-01", "time.end=2017-06", "horizons=[2016-12, 2017-06]",
                        "population.agents=120"};
  std::vector<std::shared_ptr<Setup>> setups{setup_of("no_programme.yaml", small),
                                             setup_of("rocket.yaml", small)};
  share_programmes(setups);
  return {labelled(setups[0], "no_programme"), labelled(setups[1], "rocket")};
}

ExperimentOptions asking_everything(const std::string& command) {
  ExperimentOptions options = options_of(command, 1, 2);
  options.firms = true;
  options.border_twin = options.shapley = command == "compare";
  options.direct = command == "compare" ? 1 : 0;
  return options;
}

constexpr std::uint32_t finished_world = 2;
constexpr std::uint32_t history_so_far = 4;

class KeptWorlds : public testing::Test {
 protected:
  //! The first two worlds are kept, finished.
  void finish_two(const std::string& command) const {
    ExperimentOptions options = asking_everything(command);
    std::atomic<std::size_t> worlds = 0;
    options.progress = [&](std::size_t done, std::size_t) { worlds = done; };
    stop(options, [&] { return worlds >= 2; });
  }
  //! The first world is kept after 15 months of 18: one horizon has passed.
  void begin_one(const std::string& command) const {
    std::atomic<int> asked = 0;
    stop(asking_everything(command), [&] { return ++asked > 16; });
  }
  [[nodiscard]] CapturingSink resumed(const std::string& command) const {
    ExperimentOptions options = asking_everything(command);
    options.kept = {path(), "head", true, 6};
    CapturingSink sink;
    (void)run_experiment(twins(), options, sink);
    return sink;
  }
  [[nodiscard]] std::string path() const { return folder_.path("out.h5.ckpt"); }

  void refuses_finished(const std::string& command, const char* why,
                        const std::function<void(FinishedWorld&)>& change) const {
    finish_two(command);
    change_records<FinishedWorld>(path(), finished_world, change);
    EXPECT_THAT([&] { (void)resumed(command); }, testing::ThrowsMessage<JournalError>(HasSubstr(why)));
  }
  void refuses_begun(const std::function<void(WorldHistory&)>& change) const {
    begin_one("compare");
    change_records<WorldHistory>(path() + ".0", history_so_far, change);
    EXPECT_THAT([&] { (void)resumed("compare"); },
                testing::ThrowsMessage<JournalError>(HasSubstr("a comparison of other scenarios")));
  }

 private:
  void stop(ExperimentOptions options, const std::function<bool()>& when) const {
    options.interrupted = when;
    options.kept = {path(), "head", false, 6};
    CapturingSink sink;
    const ThreadLimit one(1);
    EXPECT_TRUE(run_experiment(twins(), options, sink).was_interrupted);
  }

  TemporaryFolder folder_;
};

constexpr const char* other_comparison = "it holds a comparison of other scenarios";
constexpr const char* other_results = "it holds results of other scenarios";

TEST_F(KeptWorlds, UnchangedAreTakenUp) {
  CapturingSink undisturbed;
  (void)run_experiment(twins(), asking_everything("compare"), undisturbed);
  finish_two("compare");
  change_records<FinishedWorld>(path(), finished_world, [](FinishedWorld&) {});
  EXPECT_EQ(resumed("compare").measure_bits(), undisturbed.measure_bits());
  begin_one("compare");
  change_records<WorldHistory>(path() + ".0", history_so_far, [](WorldHistory&) {});
  EXPECT_EQ(resumed("compare").measure_bits(), undisturbed.measure_bits());
}

TEST_F(KeptWorlds, BytesThatMeanNothingAreRefusedWithTheNameOfTheirFile) {
  const auto without_end = [](const std::string& payload) { return payload.substr(0, payload.size() / 2); };
  const auto refuses = [&](const std::string& why) {
    EXPECT_THAT([&] { (void)resumed("compare"); }, testing::ThrowsMessage<JournalError>(why));
  };
  finish_two("compare");
  change_payloads(path(), finished_world, without_end);
  refuses(path() + ": it ends too early; run the command anew");
  begin_one("compare");
  change_payloads(path() + ".0", history_so_far, without_end);
  refuses(path() + ".0: it ends too early; without this file the world begins anew");
}

TEST_F(KeptWorlds, ResultsOfAnotherShapeAreRefused) {
  refuses_finished("run", other_results, [](FinishedWorld& world) { world.values.pop_back(); });
  refuses_finished("run", other_results, [](FinishedWorld& world) { world.values.back().push_back(1.0); });
  refuses_finished("run", other_results, [](FinishedWorld& world) { world.rows.clear(); });
  refuses_finished("run", other_results,
                   [](FinishedWorld& world) { std::swap(world.rows[0], world.rows[2]); });
  refuses_finished("run", other_results, [](FinishedWorld& world) {
    std::visit([](auto& column) { column.pop_back(); }, world.rows.back());
  });
  refuses_finished("compare", other_results, [](FinishedWorld& world) { world.rows.emplace_back(); });
}

TEST_F(KeptWorlds, TwinsOfOtherHorizonsAreRefused) {
  const auto refuses = [&](const std::function<void(WorldHistory&)>& change) {
    refuses_finished("compare", other_comparison, [&](FinishedWorld& world) { change(world.history); });
  };
  refuses([](WorldHistory& history) { history.horizons.pop_back(); });
  refuses([](WorldHistory& history) { history.borderless[1].pop_back(); });
  refuses([](WorldHistory& history) { history.award_effects.emplace_back(); });
  refuses([](WorldHistory& history) { history.coalitions[Coalition{1} << 60] = history.horizons; });
  refuses([](WorldHistory& history) {
    if (!history.coalitions.empty()) history.coalitions.begin()->second.clear();
  });
}

TEST_F(KeptWorlds, FirmsOfAnotherWorldAreRefused) {
  const auto refuses = [&](const std::function<void(Snapshot&)>& change) {
    refuses_begun([&](WorldHistory& history) { change(history.horizons.at(0)); });
  };
  refuses([](Snapshot& snapshot) { snapshot.key.push_back(1); });
  refuses([](Snapshot& snapshot) { snapshot.region.back() = 1000; });
  refuses([](Snapshot& snapshot) { snapshot.sector.front() = 99; });
  refuses([](Snapshot& snapshot) { snapshot.size.front() = static_cast<SizeClass>(4); });
  refuses([](Snapshot& snapshot) { snapshot.reached_by.front() = 200; });
  refuses([](Snapshot& snapshot) { snapshot.stage.front() = static_cast<Stage>(9); });
  refuses([](Snapshot& snapshot) { snapshot.waits.pop_back(); });
  refuses([](Snapshot& snapshot) { snapshot.adopted_in.pop_back(); });
  refuses([](Snapshot& snapshot) { snapshot.paid_by.back() = 200; });
  refuses([](Snapshot& snapshot) { snapshot.awarded.pop_back(); });
  refuses([](Snapshot& snapshot) { snapshot.awarded.back() = Money{INT64_MAX}; });
  refuses([](Snapshot& snapshot) { snapshot.public_money = Money{INT64_MIN}; });
}

TEST_F(KeptWorlds, AHistoryOfOtherMonthsIsRefused) {
  refuses_begun([](WorldHistory& history) { history.horizons.clear(); });
  refuses_begun([](WorldHistory& history) { history.horizons.push_back(history.horizons[0]); });
  refuses_begun([](WorldHistory& history) { history.borderless[0] = history.horizons; });
}

// A checkpoint is of one world of one run: of any other it says nothing, whatever its checksum.
TEST_F(KeptWorlds, ACheckpointOfAnotherWorldOrRunIsNotTakenUp) {
  CapturingSink undisturbed;
  (void)run_experiment(twins(), asking_everything("run"), undisturbed);
  for (const bool is_of_other_run : {false, true}) {
    begin_one("run");
    if (is_of_other_run) {
      change_ids(path() + ".0", [](RecordId id) { return RecordId{id.high + 1, id.low}; });
    } else {
      std::filesystem::rename(path() + ".0", path() + ".2");  // the next world of the same scenario
    }
    EXPECT_EQ(resumed("run").values(), undisturbed.values());
  }
}

TEST_F(KeptWorlds, FilesOfTheUserStay) {
  for (const char* name : {".yaml", ".backup", ".1x", ".part", ".1.part.old"})
    std::ofstream(path() + name) << "mine";
  begin_one("run");
  (void)resumed("run");
  for (const char* name : {".yaml", ".backup", ".1x", ".part", ".1.part.old"})
    EXPECT_TRUE(std::filesystem::exists(path() + name)) << name;
  EXPECT_FALSE(std::filesystem::exists(path()));
  EXPECT_FALSE(std::filesystem::exists(path() + ".0"));
}

}  // namespace
}  // namespace ketsim
