// The user's own ties (columns: scenarios/data/README.md): between firms of the user's table by their ids, or
// between the founders by their numbers. The table may hold millions: what is done for each tie is a look-up
// and a few numbers, and the pairs that stand twice are found by sorting.
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "ketsim/engine/population.hpp"
#include "table_checker.hpp"

namespace ketsim {
namespace {

constexpr std::size_t most_ids_for_hints = 10'000;  // beyond, looking for the nearest id takes too long

//! The founders by the names that the table of ties calls them.
class Founders {
 public:
  explicit Founders(const PopulationPlan& plan) : count_(plan.firms) {
    rows_.reserve(plan.given.size());
    for (const GivenFirm& firm : plan.given) {
      rows_.emplace(firm.id, static_cast<std::uint32_t>(rows_.size()));
      if (plan.given.size() <= most_ids_for_hints) ids_.push_back(firm.id);
    }
  }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
    if (!rows_.empty()) {
      const auto found = rows_.find(name);
      return found == rows_.end() ? std::nullopt : std::optional(found->second);
    }
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = error == std::errc{} && end == name.data() + name.size() && number < count_;
    return is_number ? std::optional(number) : std::nullopt;
  }

  [[nodiscard]] std::string explain(std::string_view column, std::string_view name) const {
    if (!rows_.empty()) {
      return name.empty() ? fmt::format("{} is empty; name a firm", column)
                          : fmt::format("{} = '{}' is no firm of the table of firms{}", column,
                                        shortened(name), name_hint(name, ids_));
    }
    return fmt::format(
        "{} = '{}' is no number of a firm: without population.firms_file firms are numbered 0 to {}", column,
        shortened(name), count_ - 1);
  }

 private:
  std::uint64_t count_;
  std::unordered_map<std::string_view, std::uint32_t> rows_;  //!< by id, which the plan holds; looked up only
  std::vector<std::string> ids_;                              //!< for hints
};

class TieReader : TableChecker {
 public:
  TieReader(const TextTable& table, const PopulationPlan& plan, Diagnostics& problems)
      : TableChecker(table, problems), founders_(plan) {}

  std::vector<GivenTie> read() {
    check_columns({"a", "b", "strength", "kind", "note"});
    a_ = table_.require_column("a", problems_);
    b_ = table_.require_column("b", problems_);
    strength_ = at("strength");
    kind_ = at("kind");
    if (a_ < 0 || b_ < 0) return {};
    std::size_t next_check = 1'000'000;
    reserve(std::min(next_check, table_.rows()));
    for (std::size_t row = 0; row < table_.rows() && !problems_.is_full(); ++row) {
      read_row(row);
      if (pairs_.size() < next_check) continue;
      next_check *= 4;  // a table of repetitions ends early
      check_pairs(row + 1);
      if (!problems_.is_full()) reserve(table_.rows());
    }
    check_pairs(table_.rows());
    return std::move(ties_);
  }

 private:
  //! A pair of firms by their rows, and where it stands. In 12 bytes, not 16.
  struct Pair {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::uint32_t row = 0;

    [[nodiscard]] std::uint64_t firms() const { return std::uint64_t{low} << 32 | high; }
    bool operator<(const Pair& other) const {
      return firms() != other.firms() ? firms() < other.firms() : row < other.row;
    }
  };

  void read_row(std::size_t row) {
    const auto a = founder(row, a_);
    const auto b = founder(row, b_);
    const double strength = number(row, strength_, {0, 1}).value_or(1.0);
    const bool supply = choice(row, kind_, kinds_, "kind of tie").value_or(0) == 1;
    if (strength <= 0.0) complain(row, strength_, "strength must be above 0; leave out a tie that is none");
    if (!a || !b) return;
    if (*a == *b) complain(row, b_, fmt::format("firm '{}' is tied to itself", text(row, b_)));
    const auto [low, high] = std::minmax(*a, *b);
    pairs_.push_back({low, high, static_cast<std::uint32_t>(row)});
    ties_.push_back({*a, *b,
                     static_cast<std::uint8_t>(std::clamp(std::floor(strength * 255.0 + 0.5), 1.0, 255.0)),
                     supply});
  }

  std::optional<std::uint32_t> founder(std::size_t row, int column) {
    const auto found = founders_.find(text(row, column));
    if (!found)
      complain(row, column,
               founders_.explain(table_.columns[static_cast<std::size_t>(column)], text(row, column)));
    return found;
  }

  void reserve(std::size_t ties) {
    pairs_.reserve(ties);
    ties_.reserve(ties);
  }

  //! Complains of the ties since the last check that stood in the table before.
  void check_pairs(std::size_t rows_read) {
    const auto unsorted = pairs_.begin() + static_cast<std::ptrdiff_t>(sorted_);
    std::sort(unsorted, pairs_.end());
    std::inplace_merge(pairs_.begin(), unsorted, pairs_.end());
    sorted_ = pairs_.size();
    std::vector<std::uint32_t> again;
    for (std::size_t i = 1; i < pairs_.size(); ++i) {
      if (pairs_[i].firms() == pairs_[i - 1].firms() && pairs_[i].row >= first_unchecked_)
        again.push_back(pairs_[i].row);
    }
    first_unchecked_ = rows_read;
    std::ranges::sort(again);
    for (std::size_t i = 0; i < again.size() && !problems_.is_full(); ++i)
      complain(again[i], a_,
               fmt::format("the tie of '{}' and '{}' stands in the table twice", text(again[i], a_),
                           text(again[i], b_)));
  }

  Founders founders_;
  const std::vector<std::string> kinds_{"peer", "supply"};
  int a_ = -1;
  int b_ = -1;
  int strength_ = -1;
  int kind_ = -1;
  std::vector<GivenTie> ties_;
  std::vector<Pair> pairs_;
  std::size_t sorted_ = 0;           //!< of the pairs
  std::size_t first_unchecked_ = 0;  //!< row
};

}  // namespace

std::optional<std::vector<GivenTie>> read_given_ties(const Scenario& scenario, const PopulationPlan& plan,
                                                     Diagnostics& problems) {
  const bool is_there = !scenario.tie_table.columns.empty() && plan.firms > 0;  // else why not was said
  if (!is_there) return std::nullopt;
  return TieReader(scenario.tie_table, plan, problems).read();
}

}  // namespace ketsim
