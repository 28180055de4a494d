// Ties between synthesised firms, by number: a random network for any population.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::HasSubstr;

const Overrides fifty{"population.agents=50", "population.ties_file=ties.csv"};

Scenario world_with(const std::string& ties, const Overrides& changes = {}) {
  Overrides all = fifty;
  all.insert(all.end(), changes.begin(), changes.end());
  Diagnostics problems;
  Scenario scenario = read_scenario(
      document_of("no_programme.yaml", all),
      [&](const std::string& path, const Location&, Diagnostics& found) {
        return path == "ties.csv" ? parse_csv(ties, path, path, found) : table_of(path);
      },
      problems);
  problems.throw_if_any();
  return scenario;
}

std::string problems_of(const std::string& ties) {
  Diagnostics problems;
  (void)make_setup(world_with(ties), problems);
  return problems.text();
}

TEST(NumberedTies, AreTheWholeNetwork) {
  Simulation simulation(setup_of(world_with("b,note,a,strength,kind\n49,x,0,0.5,\n7,,49,,supply\n")), 1, 0);
  const World& world = simulation.world();
  EXPECT_THAT(world.peers.neighbours(FirmId(49)), testing::UnorderedElementsAre(0U, 7U));
  EXPECT_THAT(world.peers.neighbours(FirmId(0)), testing::ElementsAre(49U));
  EXPECT_EQ(world.peers.strengths(FirmId(0))[0], 128);
  EXPECT_TRUE(world.peers.neighbours(FirmId(1)).empty());
  EXPECT_NE(world.contacts.find(actor(FirmId(7)), actor(FirmId(49))), nullptr);
}

TEST(NumberedTies, CountFirmsByRegionSectorAndSizeClass) {
  const Simulation simulation(setup_of(world_with("a,b\n0,1\n")), 1, 0);
  const Firms& firms = simulation.world().firms;
  const auto place = [&](std::size_t row) {
    return std::tuple(firms.region[FirmId(row)], firms.sector[FirmId(row)], firms.size[FirmId(row)]);
  };
  for (std::size_t row = 1; row < firms.count(); ++row) EXPECT_LE(place(row - 1), place(row));
}

TEST(NumberedTies, EveryMistakeIsToldAtItsPlace) {
  EXPECT_EQ(
      problems_of("a,b,strength,kind\n"
                  "0,50,1,\n"
                  "-1,2,nan,\n"
                  "1.5,2,1.5,peers\n"
                  "3,3,,\n"
                  "4,5,,\n"
                  "x,,0,\n"
                  "5,4,,\n"),
      "ties.csv:2:3: b = '50' is no number of a firm: without population.firms_file firms are numbered 0 to "
      "49\n"
      "ties.csv:3:1: a = '-1' is no number of a firm: without population.firms_file firms are numbered 0 to "
      "49\n"
      "ties.csv:3:6: strength = 'nan' is not a finite number\n"
      "ties.csv:4:1: a = '1.5' is no number of a firm: without population.firms_file firms are numbered 0 to "
      "49\n"
      "ties.csv:4:7: strength = 1.5 is above 1\n"
      "ties.csv:4:11: kind = 'peers' is no kind of tie; did you mean 'peer'?\n"
      "ties.csv:5:3: firm '3' is tied to itself\n"
      "ties.csv:7:1: a = 'x' is no number of a firm: without population.firms_file firms are numbered 0 to "
      "49\n"
      "ties.csv:7:3: b = '' is no number of a firm: without population.firms_file firms are numbered 0 to "
      "49\n"
      "ties.csv:7:4: strength must be above 0; leave out a tie that is none\n"
      "ties.csv:8:1: the tie of '5' and '4' stands in the table twice");
  EXPECT_THAT(problems_of("a\n1\n"), HasSubstr("ties.csv:1: column 'b' is missing"));
}

TEST(NumberedTies, AWrongHabitIsNotToldAMillionTimes) {
  std::string ties = "a,b\n";
  for (int i = 0; i < 5000; ++i) ties += "x,1\n";
  const std::string told = problems_of(ties);
  EXPECT_EQ(std::ranges::count(told, '\n'), 1000);
  EXPECT_THAT(told, testing::EndsWith("there are more problems; these are the first 1000"));
}

}  // namespace
}  // namespace ketsim
