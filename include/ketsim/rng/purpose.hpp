// What a random draw is for. The purpose is part of the key of the draw (see stream.hpp): two purposes never
// share randomness, so that a new behaviour with a purpose of its own leaves every other draw of a run as it
// was.
//
// Numbers 9, 203, 204, 306 and 400 were used before. To add one: append it to its group with the next free
// number, and say what it decides. Never reuse or renumber: the number is hashed into the draws, and a change
// of it changes published results.
#pragma once

#include <cstdint>

namespace ketsim {

enum class Purpose : std::uint32_t {
  // Founding of the population: 1 to 99
  firm_position = 1,      //!< where in its region
  firm_size = 2,          //!< employees within the size class
  firm_affinity = 3,      //!< fit of each KET to the firm
  firm_finance = 4,       //!< liquid assets
  firm_risk = 5,          //!< aversion to risk
  firm_language = 6,      //!< languages spoken
  initial_awareness = 7,  //!< who knows a KET at the start
  initial_adoption = 8,   //!< who uses a KET at the start
  closure = 10,           //!< threshold of a firm's end
  entry = 11,             //!< how many firms enter in a month
  spin_off = 12,          //!< whether an institute or a firm brings forth another firm
  // Network: 100 to 199
  tie_degree = 100,      //!< number of ties
  tie_partner = 101,     //!< with whom
  tie_border = 102,      //!< whether a tie crosses the border
  tie_renewal = 103,     //!< whether a firm seeks a tie anew
  network_sample = 104,  //!< triples of peers that are looked at for clustering
  // Adoption, stage by stage: 200 to 299
  awareness = 200,      //!< threshold of knowledge
  interest = 201,       //!< threshold of persuasion
  review = 202,         //!< when a firm that has become interested chooses a route
  annual_shock = 205,   //!< a firm's business of the year
  pilot_success = 206,  //!< a firm's own pilot shows what it should
  initiative = 207,     //!< whether a firm takes the lead of a proposal
  satisfaction = 208,   //!< whether a KET in use keeps its promise
  next_review = 209,    //!< when a firm that still looks for a route chooses again
  // Partners, proposals and projects: 300 to 399
  search = 300,               //!< which steps of cooperation across the border a pair passes
  matching_priority = 301,    //!< order in which requests are met
  jury = 302,                 //!< noise of the score of a proposal
  lottery = 303,              //!< lot of a proposal, where a lottery decides or the rule leaves several equal
  cooperation_failure = 304,  //!< the partnership of a project fails, and when
  technical_success = 305,    //!< the project reaches its aim
  project_duration = 307,     //!< how long a project takes
  resubmission = 308,         //!< a consortium tries again
  joint_pilot = 309,          //!< whether an own pilot is shared with a partner
  withdrawal = 310,           //!< how long a consortium waits for a decision
  // Instruments: 400 to 499
  outreach_choice = 401,  //!< whom an act in person serves
  programme_news = 402,   //!< who reads an announcement
  word_of_mouth = 403,    //!< who passes the news of a programme on
  event_contacts = 404,   //!< who meets whom at an event
  campaign_news = 405,    //!< who learns of the programme from a campaign
  // Studies outside a world: 900 to 999
  sweep_design = 900,  //!< scrambling of design points
  policy_order = 901,  //!< order in which policies are added up (experiment/shapley.hpp)
  award_sample = 902,  //!< which awards are withheld (experiment/award_effect.hpp)
};

}  // namespace ketsim
