#include "ketsim/base/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace ketsim {
namespace {

constexpr std::size_t most_problems = 1000;
constexpr std::size_t longest_problem = 1000;  // [byte]

unsigned char lower(char c) {
  return static_cast<unsigned char>(std::tolower(static_cast<unsigned char>(c)));
}

constexpr std::size_t longest_name = 64;  // longer words are no misspelt names

// Where each letter stands in a word of up to 64 letters, a bit a place.
std::array<std::uint64_t, 256> places_in(std::string_view word) {
  std::array<std::uint64_t, 256> places{};
  for (std::size_t i = 0; i < word.size(); ++i) places[lower(word[i])] |= std::uint64_t{1} << i;
  return places;
}

// Levenshtein distance, a column of its table at a time as the bits of two words (Myers 1999, Hyyro 2003).
std::size_t edit_distance(const std::array<std::uint64_t, 256>& places, std::size_t size,
                          std::string_view other) {
  if (size == 0) return other.size();
  std::uint64_t more = ~std::uint64_t{0};  // bit i: the distance grows by one from row i to i + 1
  std::uint64_t less = 0;                  // bit i: it falls by one
  std::size_t distance = size;
  const std::uint64_t last = std::uint64_t{1} << (size - 1);
  for (const char c : other) {
    const std::uint64_t alike = places[lower(c)];
    const std::uint64_t diagonal = (((alike & more) + more) ^ more) | alike | less;
    std::uint64_t right_more = less | ~(diagonal | more);
    std::uint64_t right_less = more & diagonal;
    distance += (right_more & last) != 0 ? 1 : 0;
    distance -= (right_less & last) != 0 ? 1 : 0;
    right_more = right_more << 1 | 1;
    right_less <<= 1;
    more = right_less | ~(diagonal | right_more);
    less = right_more & diagonal;
  }
  return distance;
}

// At the end of a letter: no message may hold half of one.
std::string_view cut(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) --longest;
  return text.substr(0, longest);
}

}  // namespace

std::string Location::text() const {
  std::string result = file ? *file : std::string();
  if (line > 0) result += ':' + std::to_string(line);
  if (line > 0 && column > 0) result += ':' + std::to_string(column);
  return result;
}

void Diagnostics::add(Location where, std::string what) {
  if (what.size() > longest_problem) what = std::string(cut(what, longest_problem)) + "...";
  std::string told = where.text() + ": " + what;
  if (problems_.size() == most_problems) {
    left_out_ += told_.contains(told) ? 0 : 1;
  } else if (told_.insert(std::move(told)).second) {
    problems_.push_back({std::move(where), std::move(what)});
  }
}

void Diagnostics::add(const Diagnostics& others) {
  for (const Problem& problem : others.problems_) add(problem.where, problem.what);
  left_out_ += others.left_out_;
}

Diagnostics Diagnostics::in_order(std::vector<Problem> problems) const {
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

std::string_view shortened(std::string_view text) {
  return cut(text, 60);
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t most_candidates = 2000;
  if (word.size() > longest_name || candidates.size() > most_candidates) return {};
  const auto places = places_in(word);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() >= word.size() + best_distance) continue;  // as many letters more, at least
    const std::size_t distance = edit_distance(places, word.size(), candidate);
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
  for (const std::string& candidate : candidates) {
    if (!list.empty()) list += ", ";
    list += shortened(candidate);
  }
  return "; valid: " + list;
}

}  // namespace ketsim
