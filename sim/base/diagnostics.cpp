#include "ketsim/base/diagnostics.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace ketsim {
namespace {

constexpr std::size_t most_problems = 1000;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// Levenshtein distance with two rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, substitution});
    }
    std::swap(previous, current);
  }
  return previous[b.size()];
}

}  // namespace

std::string Location::text() const {
  std::string result = file ? *file : std::string();
  if (line > 0) result += ':' + std::to_string(line);
  if (line > 0 && column > 0) result += ':' + std::to_string(column);
  return result;
}

void Diagnostics::add(Location where, std::string what) {
  if (problems_.size() < most_problems) {
    problems_.push_back({std::move(where), std::move(what)});
  } else {
    ++left_out_;
  }
}

void Diagnostics::add(const Diagnostics& others) {
  for (const Problem& problem : others.problems_) add(problem.where, problem.what);
  left_out_ += others.left_out_;
}

Diagnostics Diagnostics::with(std::vector<Problem> problems) const {
  Diagnostics result = *this;
  result.problems_ = std::move(problems);
  return result;
}

std::string Diagnostics::text() const {
  std::string result;
  for (const Problem& problem : problems_) {
    const std::string place = problem.where.text();
    if (!result.empty()) result += '\n';
    result += place.empty() ? problem.what : place + ": " + problem.what;
  }
  if (is_full()) result += "\nthere are more problems; these are the first " + std::to_string(most_problems);
  return result;
}

void Diagnostics::throw_if_any() const {
  if (!empty()) throw InputError(text());
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest_word_compared =
      64;  // longer words are no misspelt names, and would cost time
  if (word.size() > longest_word_compared) return {};
  const std::string wanted = lower(word);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string name_hint(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(word, candidates);
  if (!nearest.empty()) return "; did you mean '" + nearest + "'?";
  if (candidates.empty() || candidates.size() > 12) return {};
  std::string list;
  for (const std::string& candidate : candidates) list += (list.empty() ? "" : ", ") + candidate;
  return "; valid: " + list;
}

}  // namespace ketsim
