// What a scenario says of the world: time, population, technologies, borders, firms, networks and decisions.
// Declarations (unit, range, source, grade) stand in sim/scenario/settings_*.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ketsim/base/month.hpp"
#include "ketsim/describe/schema.hpp"
#include "ketsim/model/geography.hpp"

namespace ketsim {

//! Which firms become agents.
enum class Scope : std::uint8_t { core, area, sectors, enterprises };

struct TimeSettings {
  Month start = make_month(2014, 1);  //!< first month simulated
  Month end = make_month(2029, 12);   //!< last month simulated
};

struct PopulationSettings {
  std::string regions_file;
  std::string organisations_file;
  std::string firms_file;  //!< the user's firms, in place of a synthesis
  std::string ties_file;   //!< ties between these or the synthesised, in place of those that firms would seek
  Scope scope = Scope::core;
  std::int64_t agents = 0;  //!< firms in all, regional shares kept; 0: as counted
  std::map<std::string, double> large_firm_share{
      {"energy", 0.02}, {"health", 0.02}, {"production", 0.37}};  //!< [1]
  std::map<std::string, double> candidate_share{
      {"micro", 0.04}, {"small", 0.15}, {"medium", 0.35}};  //!< KET candidates among firms of the sectors [1]
};

//! A Key Enabling Technology. Costs and relevance by name of size class and sector.
struct Technology {
  double complexity = 0.5;  //!< knowledge needed for mastery, relative to the frontier [1]
  std::map<std::string, double> cost{
      {"micro", 60e3}, {"small", 250e3}, {"medium", 500e3}, {"large", 1.5e6}};  //!< [EUR]
  double benefit_share = 0.30;  //!< yearly benefit over cost, at relevance and affinity 1 [1/yr]
  double uncertainty = 0.6;     //!< standard deviation of the benefit over its mean, before any evidence [1]
  double frontier_growth = 0.06;            //!< by which standing knowledge loses value [1/yr]
  double cost_decline = 0.02;               //!< fall of cost by learning in the rest of the world [1/yr]
  std::map<std::string, double> relevance;  //!< of each sector [1]
};

struct FirmSettings {
  double margin_per_employee = 7000.0;  //!< median operating margin after tax and owners' pay [EUR/yr]
  double margin_spread = 0.5;           //!< of its logarithm [1]
  double cash_per_employee = 6000.0;    //!< median of the liquid assets free for innovation [EUR]
  double cash_spread = 1.0;             //!< of its logarithm [1]
  double shock_spread = 0.3;            //!< yearly shock to the margin, of its logarithm [1]
  double payout_rate = 0.5;             //!< share of cash above the usual level that owners take [1/yr]
  double risk_aversion = 1.5;           //!< median coefficient of relative risk aversion [1]
  double risk_aversion_spread = 0.5;    //!< of its logarithm [1]
  double affinity_spread = 0.6;         //!< of the logarithm of the fit of a KET to a firm [1]
  double language_ability =
      0.4;                     //!< mean share of the language barrier that a firm's own staff overcomes [1]
  double size_exponent = 1.0;  //!< of the bounded Pareto law of employees [1]
  std::map<std::string, double> initial_adopters{
      {"micro", 0.01}, {"small", 0.05}, {"medium", 0.12}, {"large", 0.3}};  //!< [1]
  double initial_aware = 0.25;  //!< share of the other pairs of firm and KET that are aware at the start [1]
  double initial_interested = 0.25;  //!< of these, share that is interested [1]
  double initial_piloting = 0.04;    //!< of these, share that is piloting [1]
};

struct NetworkSettings {
  double mean_degree = 6.0;           //!< ties that a firm starts with, own and received [1]
  double degree_spread = 0.8;         //!< of the logarithm of a firm's sociability [1]
  double distance_elasticity = -0.6;  //!< of the intensity of ties in distance [1]
  double sector_homophily = 0.7;      //!< share of ties sought inside the own sector [1]
  double border_factor = 0.45;   //!< ties across a border of friction 1, over those that gravity predicts [1]
  double least_closeness = 0.3;  //!< of two peers; closeness is uniform between it and 1 [1]
  double turnover = 0.1;         //!< chance that a firm seeks a tie anew within a year [1/yr]
  double mixing = 0.0;  //!< weight of the whole population, against own contacts, in peer influence [1]
  double research_tie_share = 0.06;  //!< firms that start with a tie to a university or institute [1]
  double advice_tie_share = 0.25;    //!< firms that start as clients of an intermediary [1]
  bool per_replicate = true;         //!< false: all replicates share one graph of peers
};

//! How money in the future, risk and effort are weighed: the same for every decision.
struct DecisionSettings {
  double discount_rate = 0.10;  //!< [1/yr]
  double benefit_years = 7.0;   //!< years that a benefit is counted [yr]
  double own_funds_share =
      0.4;               //!< of an investment that the firm pays from its cash, the rest is bank credit [1]
  double hurdle = 0.05;  //!< certainty equivalent over cost from which a firm invests [1]
  double success_floor = 0.25;        //!< chance of technical success without knowledge [1]
  double success_ceiling = 0.9;       //!< chance of technical success with all the knowledge needed [1]
  double rivalry = 0.4;               //!< fall of the benefit when every rival has adopted [1]
  double business_stealing = 0.1;     //!< fall of the margin of others when every rival has adopted [1]
  double pilot_share = 0.15;          //!< cost of an own pilot over the cost of adoption [1]
  double pilot_months = 9.0;          //!< length of an own pilot [month]
  double nearby_evidence = 2.0;       //!< observations that a region full of users is worth [1]
  double pilot_evidence = 2.0;        //!< observations of the benefit that an own pilot is worth [1]
  double prior_wins = 1.0;            //!< awards in the prior belief in an award [1]
  double prior_losses = 2.0;          //!< rejections in the prior belief in an award [1]
  std::int64_t most_engagements = 2;  //!< proposals and projects that a firm attends to at once [1]
  double bank_rate = 0.04;            //!< interest on bank loans [1/yr]
  double loan_years = 7.0;            //!< over which bank loans are paid back [yr]
};

//! Ceilings of state aid as shares of eligible cost (Regulation (EU) 651/2014).
struct StateAidSettings {
  double research = 0.50;             //!< industrial research [1]
  double development = 0.25;          //!< experimental development [1]
  double feasibility = 0.50;          //!< feasibility studies and advice on innovation [1]
  double investment = 0.0;            //!< investment of SMEs, before the bonus of size [1]
  double medium_bonus = 0.10;         //!< more for medium firms [1]
  double small_bonus = 0.20;          //!< more for micro and small firms [1]
  double collaboration_bonus = 0.15;  //!< more for work with partners [1]
  double most = 0.80;                 //!< whatever the bonuses [1]
};

[[nodiscard]] const Schema<TimeSettings>& time_schema();
[[nodiscard]] const Schema<PopulationSettings>& population_schema();
[[nodiscard]] const Schema<Technology>& technology_schema();
[[nodiscard]] const Schema<Border>& border_schema();
[[nodiscard]] const Schema<Knowledge>& knowledge_schema();
[[nodiscard]] const Schema<FirmSettings>& firm_schema();
[[nodiscard]] const Schema<NetworkSettings>& network_schema();
[[nodiscard]] const Schema<DecisionSettings>& decision_schema();
[[nodiscard]] const Schema<StateAidSettings>& state_aid_schema();

}  // namespace ketsim
