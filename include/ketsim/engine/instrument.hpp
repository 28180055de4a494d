// Instrument: what an award or an act of a policy does. The engine runs target, window, budget and allocation
// for all instruments alike; each instrument is one file in sim/policies that registers itself.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/describe/schema.hpp"
#include "ketsim/engine/state_aid.hpp"
#include "ketsim/model/projects.hpp"

namespace ketsim {

struct Context;
struct PolicyState;

//! What a consortium must look like, and what its lead aims at.
struct ConsortiumRules {
  int least_smes = 1;
  int wanted_smes = 1;  //!< with the lead
  int wanted_research = 0;
  int least_research = 0;
  int most_large = 0;
  bool each_side = false;  //!< at least one member on two sides of the border
};

//! What a firm is about to do when it applies to an instrument.
enum class Occasion : std::uint8_t {
  none,        //!< nobody applies: the programme acts by itself
  project,     //!< work with partners
  pilot,       //!< a pilot of its own
  investment,  //!< the investment in a KET
  award        //!< it has just won an award and must carry the cost until claims are paid
};

//! What applying with partners would mean for one firm, as the firm sees it beforehand.
struct Offer {
  double own_cost = 0.0;         //!< of the firm's part that the grant leaves to it [EUR]
  double grant = 0.0;            //!< of the firm's part that the grant pays [EUR]
  double prefinancing = 0.0;     //!< most of the cost that stands unpaid at a time, own share included [EUR]
  double effort_lead = 0.0;      //!< cost of writing a proposal [EUR]
  double effort_partner = 0.0;   //!< the same for a partner [EUR]
  double months = 0.0;           //!< of work [month]
  double evidence = 0.0;         //!< observations of the benefit that it yields [1]
  double success_chance = 0.0;   //!< of the technical work with partners [1]
  double benefit_gain = 0.0;     //!< by which success raises the benefit, over working alone [1]
  bool pays_development = true;  //!< false: it only tells whether development would pay
  double lead_propensity =
      0.0;  //!< chance, at a review, that a firm that would apply takes the lead itself [1]
};

//! How an awarded project runs.
struct ProjectTerms {
  int months = 12;                   //!< [month]
  int claim_interval = 6;            //!< months between claims [month]
  int payment_delay = 3;             //!< from claim to payment [month]
  double cooperation_failure = 0.0;  //!< chance that it fails through the partnership [1]
  double technical_success = 1.0;    //!< chance, for each SME partner of a completed project [1]
  double evidence = 0.0;             //!< observations of the benefit for each firm [1]
  double benefit_gain = 0.0;         //!< by which success raises affinity [1]
  double trl_gain = 0.0;             //!< levels over the whole project [1]
  bool brings_products = false;
};

class Instrument {
 public:
  virtual ~Instrument() = default;

  // Outreach: the programme acts by itself, as far as its money goes.
  [[nodiscard]] virtual double cost_of_act() const {
    return 0.0;
  }  //!< [EUR]; 0: the instrument is applied for
  //! Hours that an act takes the staff of the partner that carries it out [h]; 0: none in person.
  [[nodiscard]] virtual double hours_of_act() const { return 0.0; }
  //! Act number `number` of the policy; false when there was nobody to serve: then nothing is paid.
  virtual bool act(Context&, PolicyState&, std::uint32_t /*number*/) const { return false; }

  // Funding: actors apply, with partners or alone.
  [[nodiscard]] virtual Occasion occasion() const { return Occasion::none; }
  [[nodiscard]] bool is_applied_for() const { return occasion() != Occasion::none; }
  //! Category of cost whose ceiling of state aid holds for what the instrument gives.
  [[nodiscard]] virtual AidCategory aid_category() const { return AidCategory::research; }

  // With partners (Occasion::project).
  [[nodiscard]] virtual ProjectKind kind() const { return ProjectKind::innovation_project; }
  [[nodiscard]] virtual ConsortiumRules rules(const Context&, KetId) const { return {}; }
  [[nodiscard]] virtual Offer offer(const Context&, FirmId, KetId) const { return {}; }
  //! Cost and grant of every member, under the instrument's rates and caps.
  virtual void set_budget(const Context&, Proposal&) const {}
  [[nodiscard]] virtual ProjectTerms terms(const Context&, const Proposal&) const { return {}; }

  //! Alone (the other occasions): support for work of `cost` EUR, `grant` EUR of which another award pays.
  [[nodiscard]] virtual Support support(const Context&, FirmId, KetId, double /*cost*/,
                                        double /*grant*/) const {
    return {};
  }
};

//! How an instrument registers itself: `const RegisterInstrument<T> registered{schema};` at file scope.
struct InstrumentEntry {
  const AnySchema* schema;
  std::function<std::unique_ptr<Instrument>(const Parameters&)> make;
};
void register_instrument(InstrumentEntry entry);
[[nodiscard]] std::unique_ptr<Instrument> make_instrument(const std::string& name,
                                                          const Parameters& parameters);

template <class T>
struct RegisterInstrument {
  explicit RegisterInstrument(const AnySchema& schema) {
    register_instrument({&schema, [](const Parameters& parameters) {
                           return std::make_unique<T>(parameters.as<typename T::Parameters>());
                         }});
  }
};

}  // namespace ketsim
