#include "ketsim/scenario/catalogue.hpp"

#include <algorithm>

#include "ketsim/base/contracts.hpp"

namespace ketsim {

void Catalogue::add(const AnySchema& schema) {
  expect(find(schema.name()) == nullptr, "names of plug-ins are unique");
  const auto place =
      std::ranges::upper_bound(schemas_, schema.name(), {}, [](const AnySchema* s) { return s->name(); });
  schemas_.insert(place, &schema);
}

const AnySchema* Catalogue::find(const std::string& name) const {
  for (const AnySchema* schema : schemas_) {
    if (schema->name() == name) return schema;
  }
  return nullptr;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> names;
  for (const AnySchema* schema : schemas_) names.push_back(schema->name());
  return names;
}

Catalogue& instrument_catalogue() {
  static Catalogue catalogue;
  return catalogue;
}

Catalogue& process_catalogue() {
  static Catalogue catalogue;
  return catalogue;
}

Catalogue& design_catalogue() {
  static Catalogue catalogue;
  return catalogue;
}

}  // namespace ketsim
