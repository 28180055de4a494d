// The reference of the schedule: what happens in a month, phase by phase.
#include <fmt/format.h>

#include "ketsim/engine/process.hpp"
#include "reference.hpp"

namespace ketsim {
namespace {

std::string parameters_of(const AnySchema& schema) {
  std::vector<std::string> names;
  for (const Field& field : schema.fields()) names.push_back(field.declaration.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

ReferencePage schedule_reference() {
  ReferencePage page;
  page.title = "A month of ketsim";
  page.what = "process";
  page.introduction =
      "The phases of a month in their order, with the processes that act in each. A process is set, and "
      "switched off, "
      "under `processes` of a scenario; `ketsim describe parameters` lists its parameters.";
  page.columns = {"reads", "writes"};
  page.shows_columns = true;
  for (const PhaseInfo& phase : phases) page.groups.emplace_back(phase.name, phase.doc);
  for (const ProcessEntry& process : schedule()) {
    page.entries.push_back({static_cast<std::size_t>(process.phase),
                            process.schema->name(),
                            "",
                            process.schema->summary(),
                            {{"phase", std::string(info(process.phase).name)},
                             {"reads", process.reads},
                             {"writes", process.writes},
                             {"parameters", parameters_of(*process.schema)}}});
  }
  return page;
}

}  // namespace ketsim
