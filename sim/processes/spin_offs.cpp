// Spin-offs: small firms founded on what a parent knows.
//
//   chance in a month = institute_rate / 12 * capability   for each line of research of an institute
//                     = firm_rate / 12                     for each KET that a firm has confirmed
// drawn under (parent, KET, month): twin worlds have the same spin-offs as long as their parents are alike. A
// spin-off is a micro firm in its parent's region (of an institute: the nearest one of its country). It takes
// a share of its parent's knowledge along, fits the KET well, is interested in it, and at first goes on
// working with its parent. Sector: the parent firm's; of an institute drawn in proportion to the relevance of
// the KET to the sector and of the sector to the institute.
#include <algorithm>
#include <limits>
#include <utility>

#include "ketsim/engine/cooperation.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/model/stage_rows.hpp"
#include "ketsim/parallel/row_finds.hpp"
#include "ketsim/rng/samplers.hpp"

namespace ketsim {
namespace {

struct SpinOffParameters : ProcessParameters {
  double institute_rate = 0.0025;
  double firm_rate = 0.0005;
  double inherited_knowledge = 0.8;
  double least_affinity = 2.0;
  std::int64_t joint_months = 24;
};

const Schema<SpinOffParameters>& spin_off_schema() {
  using P = SpinOffParameters;
  static const Schema<P> schema =
      Schema<P>("spin_offs", "Institutes and firms bring forth new firms")
          .boolean(&P::enabled, enabled_declaration())
          .real(&P::institute_rate, {.name = "institute_rate",
                                     .unit = "1/yr",
                                     .range = {0, 12},
                                     .plausible = {0.001, 0.05},
                                     .doc = "spin-offs a year of a line of research at the frontier",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .real(&P::firm_rate, {.name = "firm_rate",
                                .unit = "1/yr",
                                .range = {0, 12},
                                .plausible = {0.0002, 0.005},
                                .doc = "spin-offs a year of a firm, for each KET that it has confirmed",
                                .source = "assumption",
                                .grade = Grade::assumption})
          .real(&P::inherited_knowledge,
                {.name = "inherited_knowledge",
                 .unit = "1",
                 .range = {0, 1},
                 .plausible = {0.5, 1},
                 .doc = "share of its parent's knowledge that a spin-off takes along",
                 .source = "assumption",
                 .grade = Grade::assumption})
          .real(&P::least_affinity, {.name = "least_affinity",
                                     .unit = "1",
                                     .range = {0, 100},
                                     .plausible = {1, 4},
                                     .doc = "least fit of its KET to a spin-off, median of all firms 1",
                                     .source = "assumption",
                                     .grade = Grade::assumption})
          .integer(&P::joint_months, {.name = "joint_months",
                                      .unit = "month",
                                      .range = {0, 1200},
                                      .plausible = {12, 60},
                                      .doc = "time for which a spin-off goes on working with its parent",
                                      .source = "assumption",
                                      .grade = Grade::assumption});
  return schema;
}

class SpinOffs final : public Process {
 public:
  using Parameters = SpinOffParameters;
  SpinOffs(const Setup&, const Parameters& parameters) : p_(parameters) {}

  void step(Context& context) override {
    std::vector<SpinOff> born;
    draw_parents(context.world);
    for (std::size_t k = 0; k < context.world.ket_count(); ++k) {
      of_institutes(context.world, KetId(k), born);
      parents_.for_each([&](const std::pair<FirmId, KetId>& parent) {
        if (parent.second == KetId(k)) born.push_back(of_firm(context.world, parent.first, KetId(k)));
      });
    }
    for (const SpinOff& spin_off : born) found(context, spin_off);
  }

 private:
  struct SpinOff {
    Actor parent;
    KetId ket;
    RegionId region;
    SectorId sector;
  };

  [[nodiscard]] static std::uint32_t attempt_of(const World& world, KetId ket) {
    return ket.row << 16 | static_cast<std::uint32_t>(world.month);
  }

  void of_institutes(const World& world, KetId ket, std::vector<SpinOff>& born) const {
    for (std::size_t i = 0; i < world.research.count(); ++i) {
      const ResearchId id(i);
      if (world.research.line(id, ket) != LineStage::running) continue;
      Stream draw =
          world.randomness.stream(Purpose::spin_off, world.research.key[id], attempt_of(world, ket));
      if (uniform(draw) >= p_.institute_rate / 12.0 * static_cast<double>(world.research.capability(id, ket)))
        continue;
      const SectorId sector = sector_of(world, id, ket, uniform(draw));
      if (sector.is_valid()) born.push_back({actor(id), ket, nearest_region(world, id), sector});
    }
  }

  // Firms that bring forth another one this month.
  void draw_parents(const World& world) {
    const RandomKey draws = world.randomness.key(Purpose::spin_off);
    const double chance = p_.firm_rate / 12.0;
    parents_.gather(world.firms.count(), [&](std::size_t begin, std::size_t end, auto& parents) {
      for (std::size_t k = 0; k < world.ket_count(); ++k) {
        const KetId ket(k);
        const std::uint32_t when = attempt_of(world, ket);
        for_stages<Stage::confirmed>(world.firms.stage.data(ket), begin, end, [&](std::size_t row) {
          const FirmId firm(row);
          if (uniform_of(first_bits(draws, world.firms.key[firm], when)) < chance)
            parents.emplace_back(firm, ket);
        });
      }
    });
  }

  static SpinOff of_firm(const World& world, FirmId firm, KetId ket) {
    return {actor(firm), ket, world.firms.region_of(firm), SectorId(world.firms.sector[firm])};
  }

  static RegionId nearest_region(const World& world, ResearchId id) {
    const std::vector<Region>& regions = world.geography->regions;
    const auto abroad = [&](const Region& region) { return region.country != world.research.country[id]; };
    const bool any_at_home = !std::ranges::all_of(regions, abroad);
    RegionId nearest;
    double least = std::numeric_limits<double>::max();
    for (std::size_t r = 0; r < regions.size(); ++r) {
      if (any_at_home && abroad(regions[r])) continue;
      const double distance = distance_km(regions[r].centroid, world.research.position[id]);
      if (distance < least) {
        nearest = RegionId(r);
        least = distance;
      }
    }
    return nearest;
  }

  static SectorId sector_of(const World& world, ResearchId id, KetId ket, double u) {
    const std::vector<double>& relevance = world.geography->ket(ket).relevance;
    const auto weight = [&](std::size_t s) {
      return relevance[s] * static_cast<double>(world.research.sector_relevance[id.index()][s]);
    };
    double sum = 0.0;
    for (std::size_t s = 0; s < relevance.size(); ++s) sum += weight(s);
    double left = u * sum;
    for (std::size_t s = 0; s < relevance.size(); ++s) {
      left -= weight(s);
      if (left < 0.0) return SectorId(s);
    }
    return {};  // the KET is of no use to any sector that the institute works for
  }

  void found(Context& context, const SpinOff& born) const {
    World& world = context.world;
    const StableKey key = spin_off_key(world.key_of(born.parent), born.ket, world.month);
    const FirmId firm = enter_firms(world, context.scenario(),
                                    {{key, born.region, born.sector, SizeClass::micro, Origin::spin_off}});
    world.entries.back().ket = born.ket;
    for (std::size_t k = 0; k < world.ket_count(); ++k) {
      const auto inherited =
          static_cast<float>(p_.inherited_knowledge * knowledge_of(world, born.parent, KetId(k)));
      world.firms.knowledge(firm, KetId(k)) = std::max(world.firms.knowledge(firm, KetId(k)), inherited);
    }
    float& affinity = world.firms.affinity(firm, born.ket);
    affinity = std::max(affinity, static_cast<float>(p_.least_affinity));
    world.change_stage(firm, born.ket, Stage::interested, Trigger::founding);
    cooperate(world, actor(firm), born.parent, static_cast<MonthIndex>(world.month + p_.joint_months));
  }

  SpinOffParameters p_;
  RowFinds<std::pair<FirmId, KetId>> parents_;
};

const RegisterProcess<SpinOffs> registered{spin_off_schema(), Phase::enter, 30,
                                           "lines of research, capability, firms that confirmed a KET",
                                           "firms (rows more), contacts"};

}  // namespace
}  // namespace ketsim
