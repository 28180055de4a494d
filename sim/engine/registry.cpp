// The registries that plug-ins enter when the program starts. Order never depends on the linker: all are
// sorted.
#include <algorithm>
#include <map>

#include "ketsim/base/contracts.hpp"
#include "ketsim/engine/design.hpp"
#include "ketsim/engine/observer.hpp"
#include "ketsim/engine/process.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

std::map<std::string, InstrumentEntry>& instruments() {
  static std::map<std::string, InstrumentEntry> entries;
  return entries;
}

std::vector<ProcessEntry>& processes() {
  static std::vector<ProcessEntry> entries;
  return entries;
}

std::map<std::string, std::function<std::unique_ptr<Observer>()>>& observers() {
  static std::map<std::string, std::function<std::unique_ptr<Observer>()>> entries;
  return entries;
}

std::map<std::string, DesignEntry>& designs() {
  static std::map<std::string, DesignEntry> entries;
  return entries;
}

}  // namespace

void register_instrument(InstrumentEntry entry) {
  instrument_catalogue().add(*entry.schema);
  instruments().emplace(entry.schema->name(), std::move(entry));
}

std::unique_ptr<Instrument> make_instrument(const std::string& name, const Parameters& parameters) {
  const auto found = instruments().find(name);
  expect(found != instruments().end(), "a checked scenario names known instruments");
  return found->second.make(parameters);
}

Declaration enabled_declaration() {
  return {.name = "enabled",
          .unit = "",
          .doc = "false switches the process off, to see what it does to the results",
          .source = "setting",
          .grade = Grade::setting};
}

void register_process(ProcessEntry entry) {
  process_catalogue().add(*entry.schema);
  const auto later = [](const ProcessEntry& a, const ProcessEntry& b) {
    return std::pair(a.phase, a.order) < std::pair(b.phase, b.order);
  };
  expect(std::ranges::none_of(processes(),
                              [&](const ProcessEntry& other) {
                                return other.phase == entry.phase && other.order == entry.order;
                              }),
         "processes of a phase have different orders");
  const auto place = std::ranges::upper_bound(processes(), entry, later);
  processes().insert(place, std::move(entry));
}

const std::vector<ProcessEntry>& schedule() {
  return processes();
}

void register_observer(std::string name, std::function<std::unique_ptr<Observer>()> make) {
  expect(observers().emplace(std::move(name), std::move(make)).second, "names of observers are unique");
}

std::vector<std::unique_ptr<Observer>> make_observers() {
  std::vector<std::unique_ptr<Observer>> made;
  for (const auto& [name, make] : observers()) made.push_back(make());
  return made;
}

void register_design(DesignEntry entry) {
  design_catalogue().add(*entry.schema);
  designs().emplace(entry.schema->name(), std::move(entry));
}

const DesignEntry* find_design(const std::string& name) {
  const auto found = designs().find(name);
  return found == designs().end() ? nullptr : &found->second;
}

}  // namespace ketsim
