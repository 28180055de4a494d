// Counts of agents against the laws that they must follow: who knows or uses a KET at the start is binomial;
// guests of an event for whom it is equally easy to come are drawn without replacement, hypergeometrically.
#include <gtest/gtest.h>

#include "support/mirrored_world.hpp"

namespace ketsim {
namespace {

//! A count over replicates against a law's mean and variance: within four standard errors each. The standard
//! error of a variance is that of a normal law, near enough for the counts here.
void expect_law(const Sample& sample, double mean, double variance) {
  EXPECT_NEAR(sample.mean(), mean, 4.0 * std::sqrt(variance / sample.count()));
  EXPECT_NEAR(sample.variance(), variance, 4.0 * variance * std::sqrt(2.0 / (sample.count() - 1.0)));
}

TEST(Counts, OfPairsAwareAtTheStartAreBinomial) {
  const double share = 0.3;
  const auto setup =
      setup_of("no_programme.yaml", {"firms.initial_adopters={micro: 0, small: 0, medium: 0, large: 0}",
                                     "firms.initial_aware=" + real_text(share)});
  Sample aware;
  Sample interested;
  double pairs = 0.0;
  for (std::uint32_t replicate = 0; replicate < 100; ++replicate) {
    const Simulation simulation(setup, 4, replicate);
    const World& world = simulation.world();
    pairs = static_cast<double>(world.firms.count() * world.ket_count());
    double knowing = 0.0;
    double looking = 0.0;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        knowing += knows(world.firms.stage(FirmId(i), KetId(k)));
        looking += world.firms.stage(FirmId(i), KetId(k)) == Stage::interested;
      }
    }
    aware.add(knowing);
    interested.add(looking);
  }
  expect_law(aware, pairs * share, pairs * share * (1.0 - share));
  const double on_the_way = share * setup->scenario.firms.initial_interested;
  expect_law(interested, pairs * on_the_way, pairs * on_the_way * (1.0 - on_the_way));
}

TEST(Counts, OfUsersAtTheStartAreBinomialInEachSizeClass) {
  const auto setup = setup_of("no_programme.yaml");
  std::vector<Sample> users(size_class_count);
  std::vector<double> firms;
  for (std::uint32_t replicate = 0; replicate < 100; ++replicate) {
    const Simulation simulation(setup, 4, replicate);
    const World& world = simulation.world();
    firms.assign(size_class_count, 0.0);
    std::vector<double> count(size_class_count, 0.0);
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const auto size = static_cast<std::size_t>(world.firms.size[FirmId(i)]);
      firms[size] += 1.0;
      count[size] += world.firms.kets_used[FirmId(i)] > 0;
    }
    for (std::size_t s = 0; s < size_class_count; ++s) users[s].add(count[s]);
  }
  for (std::size_t s = 0; s < size_class_count; ++s) {
    SCOPED_TRACE(size_class_names()[s]);
    const double share = setup->scenario.firms.initial_adopters.at(size_class_names()[s]);
    expect_law(users[s], firms[s] * share, firms[s] * share * (1.0 - share));
  }
}

// One event of 23 places for SMEs of two countries, 135 firms in one region of one country and as many in
// each of the three other regions: no language, no distance that counts, the same relevance, nobody knows the
// theme. Of N firms, K from one country, n guests: mean n K / N, variance n K/N (1 - K/N) (N - n) / (N - 1).
TEST(Counts, OfGuestsOfAnEventByCountryAreHypergeometric) {
  const auto setup = mirrored_setup(
      "rocket.yaml",
      together({months_of("2016-04", "2016-12"),
                no_border(),
                {"technologies={only: {relevance: {health: 1, production: 1, energy: 1}}}",
                 "firms.initial_adopters={micro: 0, small: 0, medium: 0, large: 0}", "firms.initial_aware=0",
                 "programmes[rocket].budget=1000", "programmes[rocket].management_share=0",
                 "programmes[rocket].policies={only: {instrument: event, share: 1,"
                 " target: {size_classes: [micro, small, medium], sectors: [health, production]},"
                 " window: {start: 2016-04, end: 2016-05},"
                 " params: {cost: 1000, participants: 51, sme_share: 0.45, distance_scale: 100000}}}"}}));
  Sample guests;
  double n = 0.0;
  double all = 0.0;
  double eastern = 0.0;
  for (std::uint32_t replicate = 0; replicate < 300; ++replicate) {
    Simulation simulation(setup, 6, replicate);
    simulation.step();
    const World& world = simulation.world();
    n = all = eastern = 0.0;
    double from_the_east = 0.0;
    for (std::size_t i = 0; i < world.firms.count(); ++i) {
      const FirmId firm(i);
      const bool east = world.country_of(firm).index() == 0;
      const bool invited = world.is_sme(actor(firm)) && world.firms.sector[firm] < 2;
      const bool came = world.firms.first_reached[firm] != never;
      EXPECT_TRUE(invited || !came);
      all += invited;
      eastern += invited && east;
      n += came;
      from_the_east += came && east;
    }
    EXPECT_EQ(n, 23.0);
    guests.add(from_the_east);
  }
  const double share = eastern / all;
  expect_law(guests, n * share, n * share * (1.0 - share) * (all - n) / (all - 1.0));
}

}  // namespace
}  // namespace ketsim
