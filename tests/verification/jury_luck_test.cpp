// Another jury, equally good: who wins changes, how much is won does not.
#include <gtest/gtest.h>

#include "ketsim/experiment/twins.hpp"
#include "support/limits.hpp"

namespace ketsim {
namespace {

//! ROCKET whose projects fail nowhere, so that the name of the policy of the open calls, which keys their
//! jury, keys nothing else that is uncertain.
std::shared_ptr<Setup> rocket_with_calls_named(const std::string& name) {
  Node root = document_of("rocket.yaml",
                          together({closed_world(),
                                    months_of("2014-01", "2021-12"),
                                    {"programmes[rocket].policies[projects].params.cooperation_failure=0",
                                     "programmes[rocket].policies[projects].params.technical_success=1"}}));
  Node* policies = root.find("programmes")->find("rocket")->find("policies");
  Node renamed = Node::mapping();
  for (const Node::Entry& entry : policies->entries())
    renamed.set(entry.key == "projects" ? name : entry.key, entry.value, entry.key_where);
  *policies = renamed;
  return setup_of(scenario_of(root));
}

TEST(JuryLuck, DrawnAnewChangesWhoAdoptsButNotHowMany) {
  const auto setup = rocket_with_calls_named("projects");
  const auto other = rocket_with_calls_named("calls_under_another_name");
  const auto horizon = static_cast<MonthIndex>(setup->scenario.months() - 1);
  Sample net;
  Sample money;
  double additional = 0.0;
  double displaced = 0.0;
  for (std::uint32_t replicate = 0; replicate < 24; ++replicate) {
    const auto one = run_of(setup, 9, replicate);
    const auto two = run_of(other, 9, replicate);
    const TwinEffect effect =
        compare_twins(take_snapshot(*one), take_snapshot(*two), effect_shape(*setup), horizon);
    net.add(effect.net());
    money.add(effect.public_money);
    additional += effect.additional();
    displaced += effect.displaced();
  }
  EXPECT_LT(std::fabs(net.errors_from(0.0)), 4.0) << net.mean() << " +- " << net.standard_error();
  EXPECT_LT(std::fabs(money.errors_from(0.0)), 4.0) << money.mean() << " +- " << money.standard_error();
  EXPECT_GT(additional, 10.0 * net.count());  // many a replicate has dozens on either side
  EXPECT_GT(displaced, 10.0 * net.count());
}

// The name is the only difference: the same name gives the same bits.
TEST(JuryLuck, TheSameNameIsTheSameWorld) {
  const auto one = run_of(rocket_with_calls_named("projects"), 9);
  const auto two = run_of(rocket_with_calls_named("projects"), 9);
  EXPECT_TRUE(differing_columns(one->world(), two->world()).empty());
}

}  // namespace
}  // namespace ketsim
