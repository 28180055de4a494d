// From the factors of a sweep file to the values of its design points.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "ketsim/base/contracts.hpp"
#include "ketsim/engine/observer.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/experiment/sweep.hpp"
#include "ketsim/scenario/catalogue.hpp"

namespace ketsim {
namespace {

bool is_number(const SweepFactor& factor) {
  return factor.parameter.type == ValueType::real || factor.parameter.type == ValueType::integer;
}

bool has_bound(double value) {
  return std::fabs(value) < FactorSettings::no_bound;
}

//! A table belongs to its scenario: a value of a factor has no folder that its path could count from.
bool names_file(const ParameterRow& parameter) {
  return parameter.type == ValueType::text && parameter.path.ends_with("_file");
}

//! The place of a key of the factor in the sweep file, or of the factor where it has no such key.
Location place_of(const Node& root, const std::string& factor, const char* key) {
  const Node* factors = root.find("factors");
  const Node* node = factors == nullptr ? nullptr : factors->find(factor);
  if (node == nullptr) return root.where();
  const Node* value = node->find(key);
  return value == nullptr ? node->where() : value->where();
}

//! Resolves one factor.
class Resolver {
 public:
  Resolver(const Named<FactorSettings>& named, const Node& root, Diagnostics& problems)
      : root_(root), problems_(problems) {
    factor_.name = named.name;
    factor_.settings = named.value;
  }

  SweepFactor resolve(const std::vector<std::vector<ParameterRow>>& parameters, bool may_be_free) {
    check_name();
    if (!find(parameters)) return std::move(factor_);
    if (!factor_.settings.values.empty()) {
      check_values();
    } else if (is_number(factor_)) {
      if (!may_be_free || has_range()) set_range();
    } else if (factor_.parameter.type == ValueType::boolean) {
      factor_.settings.values = {"false", "true"};
    } else if (factor_.parameter.type == ValueType::choice) {
      factor_.settings.values = factor_.parameter.choices;
    } else if (!may_be_free) {
      complain("path",
               fmt::format("is no number; list what it takes under factors[{}].values", factor_.name));
    }
    return std::move(factor_);
  }

 private:
  void complain(const char* key, const std::string& what) {
    problems_.add(place_of(root_, factor_.name, key), fmt::format("{} {}", factor_.settings.path, what));
  }

  //! It becomes the name of a variable beside those of the results.
  void check_name() {
    const auto is_plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    if (factor_.name.empty() || !std::ranges::all_of(factor_.name, is_plain))
      problems_.add(place_of(root_, factor_.name, ""),
                    fmt::format("factors[{}]: a name has letters, digits and _ only", factor_.name));
  }

  bool find(const std::vector<std::vector<ParameterRow>>& parameters) {
    if (factor_.settings.path.empty()) return false;  // told by the schema
    if (factor_.settings.path == "seed" || factor_.settings.path == "replicates") {
      complain("path", "is a setting of the sweep, not a factor of it");
      return false;
    }
    const std::vector<std::string> path = split_path(factor_.settings.path);
    std::set<std::string> known;
    bool found = false;
    for (const std::vector<ParameterRow>& rows : parameters) {
      const auto row =
          std::ranges::find_if(rows, [&](const ParameterRow& r) { return split_path(r.path) == path; });
      factor_.is_in.push_back(row != rows.end());
      if (row != rows.end() && !found) factor_.parameter = *row;
      found |= row != rows.end();
      for (const ParameterRow& r : rows) known.insert(r.path);
    }
    const std::vector<std::string> names(known.begin(), known.end());
    const bool are_all_known = std::ranges::none_of(parameters, &std::vector<ParameterRow>::empty);
    if (!found && (are_all_known || !nearest_name(factor_.settings.path, names).empty()))
      complain("path",
               "is no parameter of any scenario of the sweep" + name_hint(factor_.settings.path, names));
    if (found && names_file(factor_.parameter)) {
      complain("path", "names a file, which no factor may; write a scenario for each file and list them all");
      return false;
    }
    return found;
  }

  void check_values() {
    constexpr std::size_t most_values = 1000;  // each is tried before a sweep is planned
    if (factor_.settings.values.size() > most_values) {
      problems_.add(place_of(root_, factor_.name, "values"),
                    fmt::format("factors[{}].values: at most {}; a design of kind list takes more",
                                factor_.name, most_values));
      return;
    }
    const Node* factors = root_.find("factors");
    const Node* own = factors == nullptr ? nullptr : factors->find(factor_.name);
    const Node* list = own == nullptr ? nullptr : own->find("values");
    for (std::size_t i = 0; i < factor_.settings.values.size(); ++i) {
      const bool is_listed = list != nullptr && i < list->items().size();
      check_factor_value(factor_, factor_.settings.values[i],
                         is_listed ? list->items()[i].where() : Location{}, problems_);
    }
    if (has_range()) complain("values", "has both values and a range; keep one of them");
  }

  [[nodiscard]] bool has_range() const {
    return has_bound(factor_.settings.low) || has_bound(factor_.settings.high);
  }

  void set_range() {
    FactorSettings& settings = factor_.settings;
    const Range& plausible = factor_.parameter.declaration.plausible;
    if (!has_bound(settings.low)) settings.low = plausible.low;
    if (!has_bound(settings.high)) settings.high = plausible.high;
    if (!has_bound(settings.low) || !has_bound(settings.high)) {
      complain("path",
               fmt::format("declares no plausible range; give factors[{}].low and high", factor_.name));
      return;
    }
    const bool is_low_good =
        check_factor_value(factor_, real_text(settings.low), place_of(root_, factor_.name, "low"), problems_);
    const bool is_high_good = check_factor_value(factor_, real_text(settings.high),
                                                 place_of(root_, factor_.name, "high"), problems_);
    if (!is_low_good || !is_high_good) return;
    if (settings.low >= settings.high)
      complain("low", fmt::format("from {:g} to {:g}: low must be below high", settings.low, settings.high));
    if (settings.scale == FactorScale::logarithmic && settings.low <= 0.0)
      complain("scale", fmt::format("from {:g}: a logarithmic scale begins above 0", settings.low));
  }

  const Node& root_;
  Diagnostics& problems_;
  SweepFactor factor_;
};

void check_unique_paths(const std::vector<SweepFactor>& factors, const Node& root, Diagnostics& problems) {
  for (std::size_t i = 1; i < factors.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!factors[i].settings.path.empty() && factors[i].settings.path == factors[j].settings.path)
        problems.add(place_of(root, factors[i].name, "path"),
                     fmt::format("{} is varied by '{}' already", factors[i].settings.path, factors[j].name));
    }
  }
}

//! Names that variables of the file have already.
void check_names_free(const std::vector<SweepFactor>& factors, const Node& root, Diagnostics& problems) {
  std::vector<std::string> taken = series_names();
  for (const char* name : {"design_point", "design_block", "design_part", "identity",         "run_state",
                           "scenario",     "replicate",    "time",        "alternative",      "horizon",
                           "region",       "sector",       "ket",         "size_class",       "country",
                           "instrument",   "programme",    "stage",       "cooperation_step", "line_stage"})
    taken.emplace_back(name);
  for (const std::string& name : names_with_interval()) taken.push_back(name);
  for (const Dimension& dimension : measure_dimensions()) taken.push_back(dimension.name);
  for (const SweepFactor& factor : factors) {
    if (std::ranges::find(taken, factor.name) != taken.end())
      problems.add(
          place_of(root, factor.name, ""),
          fmt::format("factors[{}]: an output or a column of that name exists; choose another", factor.name));
  }
}

}  // namespace

Factor SweepFactor::for_design() const {
  if (!settings.values.empty()) return Factor::among(name, settings.values);
  if (!has_bound(settings.low)) return Factor::free(name);
  return Factor::between(
      name, settings.low, settings.high,
      settings.scale == FactorScale::linear ? Factor::Scale::linear : Factor::Scale::logarithmic,
      parameter.type == ValueType::integer);
}

RecordId SweepPlan::identity_of(std::size_t run) const {
  const RecordId& point = identities[point_of(run)];
  return {point.high, join_keys(point.low, replicate_of(run))};
}

std::vector<SweepFactor> resolve_factors(const SweepSettings& settings,
                                         const std::vector<std::vector<ParameterRow>>& parameters,
                                         const Node& root, Diagnostics& problems) {
  const DesignEntry* design = find_design(settings.design.kind);
  std::vector<SweepFactor> factors;
  for (const Named<FactorSettings>& named : settings.factors)
    factors.push_back(
        Resolver(named, root, problems).resolve(parameters, design != nullptr && design->takes_free_factors));
  check_unique_paths(factors, root, problems);
  check_names_free(factors, root, problems);
  if (factors.empty()) problems.add(root.where(), "factors is missing (parameters that vary, by name)");
  return factors;
}

bool check_factor_value(const SweepFactor& factor, const std::string& text, const Location& where,
                        Diagnostics& problems) {
  const Node node = Node::scalar(text, where);
  const ParameterRow& parameter = factor.parameter;
  double real = 0.0;
  std::int64_t integer = 0;
  bool boolean = false;
  std::size_t choice = 0;
  Month month;
  switch (parameter.type) {
    case ValueType::real:
      return detail::read_real(node, parameter.declaration, parameter.path, problems, real);
    case ValueType::integer:
      return detail::read_integer(node, parameter.declaration, parameter.path, problems, integer);
    case ValueType::boolean:
      return detail::read_boolean(node, parameter.path, problems, boolean);
    case ValueType::choice:
      return detail::read_choice(node, parameter.choices, parameter.path, problems, choice);
    case ValueType::month:
      return detail::read_month(node, parameter.path, problems, month);
    case ValueType::reals:  // one of them, as costs by size class
      return detail::read_real(node, parameter.declaration, parameter.path, problems, real);
    default:
      return true;  // texts and lists are checked with the scenario
  }
}

std::vector<DesignPoint> design_points(const SweepSettings& settings, const std::vector<SweepFactor>& factors,
                                       TextTable table, const Node& root, Diagnostics& problems) {
  const Node* design = root.find("design");
  const Location where = design == nullptr ? root.where() : design->where();
  const DesignEntry* entry = find_design(settings.design.kind);
  if (entry == nullptr) {
    if (!settings.design.kind.empty())
      problems.add(design->find("kind")->where(),
                   fmt::format("design.kind = '{}' is not known{}", settings.design.kind,
                               name_hint(settings.design.kind, design_catalogue().names())));
    return {};
  }
  DesignInput input{{}, static_cast<std::uint64_t>(settings.seed), std::move(table)};
  for (const SweepFactor& factor : factors) input.factors.push_back(factor.for_design());
  std::vector<DesignPoint> points = entry->make(settings.design.params)->points(input, where, problems);
  if (!entry->takes_free_factors) return points;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const int column = input.table.find_column(factors[f].name);
    for (std::size_t p = 0; column >= 0 && p < std::min(points.size(), input.table.rows()); ++p) {
      if (!points[p].values[f].empty())  // an empty cell has been told
        check_factor_value(factors[f], points[p].values[f], input.table.cell_where(p, column), problems);
    }
  }
  return points;
}

std::vector<std::string> series_names() {
  std::vector<std::string> names;
  for (const auto& observer : make_observers()) {
    for (const Series& series : observer->series()) names.push_back(series.name);
  }
  return names;
}

}  // namespace ketsim
