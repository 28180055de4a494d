// The plug-ins that a scenario can name, by what a reader needs of them: name and schema. The engine's
// registries fill it; so a scenario is read without knowing any instrument or process.
#pragma once

#include <string>
#include <vector>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

//! Schemas of one kind of plug-in, in the order of their names.
class Catalogue {
 public:
  void add(const AnySchema& schema);
  [[nodiscard]] const AnySchema* find(const std::string& name) const;
  [[nodiscard]] const std::vector<const AnySchema*>& schemas() const { return schemas_; }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<const AnySchema*> schemas_;
};

[[nodiscard]] Catalogue& instrument_catalogue();
[[nodiscard]] Catalogue& process_catalogue();
[[nodiscard]] Catalogue& design_catalogue();  //!< of sweeps

}  // namespace ketsim
