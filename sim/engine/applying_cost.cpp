#include "ketsim/engine/applying_cost.hpp"

namespace ketsim {
namespace {

Declaration effort(const char* name, const char* doc, Range plausible) {
  return {.name = name,
          .unit = "EUR",
          .range = {0, 1e7},
          .plausible = plausible,
          .doc = doc,
          .source = "assumption",
          .grade = Grade::assumption};
}

}  // namespace

Declaration effort_lead_declaration(Range plausible) {
  return effort("effort_lead", "cost of writing a proposal, for the lead", plausible);
}

Declaration effort_partner_declaration(Range plausible) {
  return effort("effort_partner", "cost of taking part in a proposal, for a partner", plausible);
}

Declaration effort_declaration(Range plausible) {
  return effort("effort", "cost of applying", plausible);
}

Declaration payment_delay_declaration() {
  return {.name = "payment_delay",
          .unit = "month",
          .range = {0, 36},
          .plausible = {1, 9},
          .doc = "time from a claim to its payment",
          .source = "assumption",
          .grade = Grade::assumption};
}

Declaration lead_propensity_declaration(const char* source) {
  return {.name = "lead_propensity",
          .unit = "1",
          .range = {0, 1},
          .plausible = {0.02, 1.0},
          .doc = "chance, at each review, that a firm that would apply takes the lead itself",
          .source = source,
          .grade = Grade::fitted};
}

}  // namespace ketsim
