// JSON Schema of structures that hold plug-ins, beyond json_schema() of schema.hpp.
#pragma once

#include <string>
#include <vector>

#include "ketsim/describe/schema.hpp"

namespace ketsim {

//! Plug-ins of which a structure holds one: the member `named_by` says which, the member `field` has its
//! parameters.
struct PluginChoice {
  std::string field;
  std::string named_by;
  std::vector<const AnySchema*> schemas;
};

//! As json_schema(schema, title), with the parameters of each plug-in under the condition that it is named.
[[nodiscard]] std::string json_schema(const AnySchema& schema, const std::string& title,
                                      const PluginChoice& plugins);

}  // namespace ketsim
