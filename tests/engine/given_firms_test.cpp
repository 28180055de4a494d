// The user's firms and ties: taken as given, completed by draws, and every mistake told at its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace ketsim {
namespace {

using testing::AllOf;
using testing::HasSubstr;

//! The invented border with other tables.
Scenario border_with(const std::string& firms, const std::string& ties = {}, const Overrides& changes = {}) {
  Node root = document_of("another_border/another_border.yaml", changes);
  Node* population = root.find("population");
  if (ties.empty()) population->erase("ties_file");
  Diagnostics problems;
  Scenario scenario = read_scenario(
      root,
      [&](const std::string& path, const Location&, Diagnostics& found) {
        if (path == "firms.csv") return parse_csv(firms, path, path, found);
        if (path == "ties.csv") return parse_csv(ties, path, path, found);
        return table_of("another_border/" + path);
      },
      problems);
  problems.throw_if_any();
  return scenario;
}

std::string problems_of(const std::string& firms, const std::string& ties = {}) {
  Diagnostics problems;
  (void)make_setup(border_with(firms, ties), problems);
  return problems.text();
}

const std::string heading = "id,region,sector,size_class,employees\n";

FirmId firm_called(const Simulation& simulation, const Setup& setup, const std::string& id) {
  for (std::size_t i = 0; i < setup.population.given.size(); ++i) {
    if (setup.population.given[i].id == id) return FirmId(i);
  }
  ADD_FAILURE() << id << simulation.world().firms.count();
  return {};
}

TEST(GivenFirms, AreTakenAsTheTableSays) {
  const auto setup = setup_of(border_with(
      "id,region,sector,size_class,employees,lon,lat,cash,margin,risk_aversion,language_ability,client_of,"
      "affinity_robotics,knowledge_robotics,stage_robotics,stage_biosensors\n"
      "b,BO1,food,,60,10.9,46.8,1000.50,24000,2.5,0.7,CHB,1.5,0.4,confirmed,piloting\n"
      "a,AR1,wood,small,,,,,,,,,,,,\n"));
  const Simulation simulation(setup, 1, 0);
  const World& world = simulation.world();
  ASSERT_EQ(world.firms.count(), 2U);
  const FirmId b = firm_called(simulation, *setup, "b");
  EXPECT_EQ(world.firms.size[b], SizeClass::medium);
  EXPECT_EQ(world.firms.employees[b], 60.0F);
  EXPECT_EQ(world.firms.cash[b], to_money(1000.50));
  EXPECT_FLOAT_EQ(world.firms.base_margin[b], 2000.0F);
  EXPECT_EQ(world.firms.risk_aversion[b], 2.5F);
  EXPECT_EQ(world.firms.language_ability[b], 0.7F);
  EXPECT_EQ(world.firms.affinity(b, KetId(0)), 1.5F);
  EXPECT_EQ(world.firms.knowledge(b, KetId(0)), 0.4F);
  EXPECT_EQ(world.firms.stage(b, KetId(0)), Stage::confirmed);
  EXPECT_LT(world.firms.adopted_in(b, KetId(0)), 0);
  EXPECT_EQ(world.firms.stage(b, KetId(1)), Stage::piloting);
  EXPECT_EQ(world.intermediaries.id[world.firms.client_of[b]], "CHB");
  const Position place = world.geography->project(10.9, 46.8);
  EXPECT_EQ(world.firms.position[b].x, place.x);
  const FirmId a = firm_called(simulation, *setup, "a");
  EXPECT_EQ(world.firms.size[a], SizeClass::small);
  EXPECT_GE(world.firms.employees[a], 10.0F);
  EXPECT_LT(world.firms.employees[a], 50.0F);
}

TEST(GivenFirms, KeepTheirLuckBesideOthersAndInAnyOrder) {
  const auto world_of = [](const std::string& rows) {
    return std::make_unique<Simulation>(setup_of(border_with(heading + rows)), 1, 0);
  };
  const auto two = world_of("f1,AR1,wood,small,\nf2,BO1,food,micro,\n");
  const auto turned = world_of("f2,BO1,food,micro,\nf1,AR1,wood,small,\n");
  const auto three = world_of("f1,AR1,wood,small,\nf1b,AR1,wood,small,\nf2,BO1,food,micro,\n");
  EXPECT_THAT(differing_columns(two->world(), turned->world()), testing::IsEmpty());
  for (const char* trait : {"key", "employees", "position", "cash", "base_margin", "affinity", "knowledge"}) {
    EXPECT_EQ(firm_bits(two->world(), FirmId(1)).at(trait), firm_bits(three->world(), FirmId(2)).at(trait));
  }
}

TEST(GivenFirms, EveryMistakeIsToldAtItsPlace) {
  EXPECT_EQ(
      problems_of("id,region,sector,size_class,employees,cash,stage_robotics,knowlege_robotics,client_of\n"
                  "f1,AR1,wood,small,5,-3,adoptd,,\n"
                  "f1,AR9,wod,smal,,,gone,,UAR\n"
                  ",AR1,,,,,,,\n"),
      "firms.csv:1: column 'knowlege_robotics' is not known; did you mean 'knowledge_robotics'?\n"
      "firms.csv:2:19: employees = 5 makes firm 'f1' micro, but its size_class is small\n"
      "firms.csv:2:21: cash = -3 is below 0\n"
      "firms.csv:2:24: stage_robotics = 'adoptd' is no stage; did you mean 'adopted'?\n"
      "firms.csv:3:1: firm 'f1' stands in the table twice\n"
      "firms.csv:3:4: region = 'AR9' is no region; did you mean 'AR1'?\n"
      "firms.csv:3:8: sector = 'wod' is no sector; did you mean 'wood'?\n"
      "firms.csv:3:12: size_class = 'smal' is no size class; did you mean 'small'?\n"
      "firms.csv:3:25: client_of = 'UAR' is no intermediary of the table of organisations; valid: ADA, CHB\n"
      "firms.csv:3:19: stage_robotics = 'gone' is no stage; valid: unaware, aware, interested, piloting, "
      "adopted, confirmed, rejected, discontinued\n"
      "firms.csv:4:1: id is empty; each firm needs one of its own\n"
      "firms.csv:4:6: sector is empty; name a sector\n"
      "firms.csv:4: firm '' has neither size_class nor employees; one is needed");
}

TEST(GivenFirms, ColumnsAndCellsThatAreNeededAreAskedFor) {
  EXPECT_THAT(problems_of("id,sector\nf1,wood\n"),
              AllOf(HasSubstr("firms.csv:1: column 'region' is missing"),
                    HasSubstr("firms.csv:1: column 'size_class' or 'employees' is missing; one is needed")));
  EXPECT_THAT(
      problems_of(heading + ",,,,\n"),
      AllOf(HasSubstr("firms.csv:2:1: id is empty"), HasSubstr("firms.csv:2:2: region is empty"),
            HasSubstr("firms.csv:2:3: sector is empty"), HasSubstr("neither size_class nor employees")));
  EXPECT_THAT(problems_of("id,region,sector,employees,lon\nf1,AR1,wood,3,10.1\n"),
              HasSubstr("lon and lat must be given together"));
  EXPECT_THAT(problems_of(heading), HasSubstr("the table has no firm"));
}

TEST(GivenFirms, LeaveNothingToScaleOrToChoose) {
  const auto told = [](const Overrides& changes) {
    Diagnostics problems;
    (void)read_scenario(
        document_of("another_border/another_border.yaml", changes),
        [](const std::string& path, const Location&, Diagnostics&) {
          return table_of("another_border/" + path);
        },
        problems);
    return problems.text();
  };
  EXPECT_EQ(told({}), "");
  EXPECT_THAT(told({"population.agents=100"}), HasSubstr("population.agents cannot be given with"));
  EXPECT_THAT(told({"population.scope=area"}), HasSubstr("population.scope cannot be given with"));
}

const std::string four =
    heading + "f1,AR1,wood,small,\nf2,AR1,wood,small,\nf3,BO1,food,small,\nf4,BO1,food,small,\n";

TEST(GivenTies, AreTheWholeNetwork) {
  const auto setup = setup_of(border_with(four, "a,b,strength,kind\nf3,f1,0.5,\nf2,f1,,supply\n"));
  Simulation simulation(setup, 1, 0);
  const World& world = simulation.world();
  EXPECT_THAT(world.peers.neighbours(FirmId(0)), testing::UnorderedElementsAre(1U, 2U));
  EXPECT_THAT(world.peers.neighbours(FirmId(1)), testing::ElementsAre(0U));
  EXPECT_TRUE(world.peers.neighbours(FirmId(3)).empty());
  EXPECT_EQ(world.peers.strengths(FirmId(2))[0], 128);
  EXPECT_EQ(world.peers.strengths(FirmId(1))[0], 255);
  EXPECT_NE(world.contacts.find(actor(FirmId(0)), actor(FirmId(1))),
            nullptr);  // who deliver to each other met
  EXPECT_EQ(world.contacts.find(actor(FirmId(0)), actor(FirmId(2))), nullptr);
}

TEST(GivenTies, StandAsLongAsBothFirmsDo) {
  const auto setup = setup_of(border_with(four, "a,b\nf1,f2\nf1,f3\n", {"network.turnover=1"}));
  Simulation simulation(setup, 1, 0);
  simulation.world().close(FirmId(2));
  renew_ties(simulation.world(), setup->scenario, 1);
  EXPECT_THAT(simulation.world().peers.neighbours(FirmId(0)), testing::ElementsAre(1U));
}

TEST(GivenTies, EveryMistakeIsToldAtItsPlace) {
  EXPECT_EQ(problems_of(four,
                        "a,b,strength,knd\n"
                        "f1,f9,2,\n"
                        "f2,f2,0,\n"
                        "f1,f3,,\n"
                        "f3,f1,,\n"
                        ",f1,,\n"),
            "ties.csv:1: column 'knd' is not known; did you mean 'kind'?\n"
            "ties.csv:2:4: b = 'f9' is no firm of the table of firms; did you mean 'f1'?\n"
            "ties.csv:2:7: strength = 2 is above 1\n"
            "ties.csv:3:7: strength must be above 0; leave out a tie that is none\n"
            "ties.csv:3:4: firm 'f2' is tied to itself\n"
            "ties.csv:6:1: a is empty; name a firm\n"
            "ties.csv:5:1: the tie of 'f3' and 'f1' stands in the table twice");
}

}  // namespace
}  // namespace ketsim
