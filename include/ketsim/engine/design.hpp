// Design: which combinations of factor values a sweep tries. Each design is one file in sim/designs that
// registers itself with its schema.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ketsim/base/diagnostics.hpp"
#include "ketsim/describe/schema.hpp"
#include "ketsim/describe/text_table.hpp"

namespace ketsim {

//! A parameter that a sweep varies.
class Factor {
 public:
  enum class Scale : std::uint8_t { linear, logarithmic };

  //! A continuum from `low` to `high`; of an integer the whole numbers in it, ends included.
  static Factor between(std::string name, double low, double high, Scale scale, bool is_integer);
  //! Some values, as YAML writes them.
  static Factor among(std::string name, std::vector<std::string> values);
  //! Values come from elsewhere (a list); at() is not asked.
  static Factor free(std::string name);

  [[nodiscard]] const std::string& name() const { return name_; }
  //! Number of values that the factor can take; 0: a continuum.
  [[nodiscard]] std::size_t levels() const;
  //! The value at the quantile `u` in [0, 1], as YAML writes it: of a continuum low + u (high - low) or, on a
  //! logarithmic scale, low (high / low)^u; of n values number floor(u n), the last at u = 1; of whole
  //! numbers on a logarithmic scale the floor of what the continuum from `low` to `high` + 1 has there.
  [[nodiscard]] std::string at(double u) const;
  //! The value number `level` below levels().
  [[nodiscard]] std::string level(std::size_t level) const;

 private:
  explicit Factor(std::string name) : name_(std::move(name)) {}

  std::string name_;
  double low_ = 0.0;
  double high_ = 0.0;
  Scale scale_ = Scale::linear;
  bool is_integer_ = false;
  std::vector<std::string> values_;
};

//! One combination, and its place in the structure of the design, which its analysis needs.
struct DesignPoint {
  std::vector<std::string> values;  //!< by factor
  std::uint32_t block = 0;          //!< trajectory (Morris), row of the base sample (Saltelli); else 0
  //! Role in the block, else empty:
  //!   saltelli        `A`, `B`, `AB:factor` (A, the factor from B), `BA:factor` (B, the factor from A)
  //!   morris          `start`, `step:factor` (the point after moving the factor)
  //!   one_at_a_time   `base`, or the name of the factor that moves
  std::string part;
};

//! More would fill the memory before any run is done.
inline constexpr std::size_t most_design_points = 1'000'000;
inline constexpr std::size_t most_design_values = 5'000'000;  //!< of all points together
//! Are the points of so many factors within these limits? Otherwise a problem at `where` with `advice`. A
//! product of levels may be beyond any integer, hence a real number.
bool check_point_count(double points, std::size_t factors, const std::string& advice, const Location& where,
                       Diagnostics& problems);

//! Each factor at its quantile.
[[nodiscard]] std::vector<std::string> values_at(const std::vector<Factor>& factors,
                                                 std::span<const double> quantiles);

//! What a design may ask of the sweep.
struct DesignInput {
  std::vector<Factor> factors;
  std::uint64_t seed = 1;
  TextTable table;  //!< of a design that reads one: its parameter `file`
};

class Design {
 public:
  virtual ~Design() = default;
  //! A function of parameters and input alone. Problems (a level too many, a column without a factor) go to
  //! `problems`; `where` is the place of the design in the sweep file.
  [[nodiscard]] virtual std::vector<DesignPoint> points(const DesignInput& input, const Location& where,
                                                        Diagnostics& problems) const = 0;
};

struct DesignEntry {
  const AnySchema* schema = nullptr;
  std::function<std::unique_ptr<Design>(const Parameters&)> make;
  bool takes_free_factors = false;  //!< values come from its table, so that factors need no range
};

void register_design(DesignEntry entry);
[[nodiscard]] const DesignEntry* find_design(const std::string& name);  //!< null: none of that name

//! How a design registers itself: `const RegisterDesign<T> registered{schema};` at file scope.
template <class T>
struct RegisterDesign {
  explicit RegisterDesign(const AnySchema& schema, bool takes_free_factors = false) {
    register_design({&schema,
                     [](const Parameters& parameters) {
                       return std::make_unique<T>(parameters.as<typename T::Parameters>());
                     },
                     takes_free_factors});
  }
};

}  // namespace ketsim
