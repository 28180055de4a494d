// The reference of instruments: what a policy can do, and with which parameters.
#include <fmt/format.h>

#include "ketsim/scenario/catalogue.hpp"
#include "reference.hpp"
#include "reference_parameters.hpp"

namespace ketsim {
namespace {

//! `share of the eligible cost; default 0.6, unit 1, range 0 to 1, source ...` of one parameter.
std::string in_one_line(const Field& field, const void* defaults) {
  std::string text = field.declaration.doc;
  const char* separator = "; ";
  for (const auto& [name, value] : facts_of(field, defaults)) {
    if (name == "type" || (name == "unit" && value == "1")) continue;
    text += fmt::format("{}{} {}", separator, name, value);
    separator = ", ";
  }
  return text;
}

}  // namespace

ReferencePage instrument_reference() {
  ReferencePage page;
  page.title = "Instruments of ketsim";
  page.what = "instrument";
  page.introduction =
      "What an award or an act of a policy does: `instrument` of a policy names it, `params` sets its "
      "parameters. Target, "
      "window, share of the budget and allocation are the same for all instruments.";
  page.groups = {{"Instruments", ""}};
  for (const AnySchema* schema : instrument_catalogue().schemas()) {
    ReferenceEntry entry{0, schema->name(), "", schema->summary(), {}};
    const std::shared_ptr<void> defaults = schema->make_default();
    for (const Field& field : schema->fields())
      entry.facts.emplace_back(field.declaration.name, in_one_line(field, defaults.get()));
    page.entries.push_back(std::move(entry));
  }
  return page;
}

}  // namespace ketsim
