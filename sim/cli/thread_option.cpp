#include "thread_option.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace ketsim {
namespace {

//! The parser alone would take 010 for 8, and tells ranges in 300 digits.
std::string why_no_thread_count(const std::string& text) {
  constexpr std::size_t most_digits = 5;
  const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (is_number && !text.empty() && !has_leading_zero && text.size() <= most_digits) return {};
  return "'" + text + "' is no number of threads; 0 takes all cores";
}

}  // namespace

void add_thread_option(CLI::App& verb, int& threads) {
  verb.add_option("--threads", threads, "Threads; 0, the default, takes all cores. Results are the same")
      ->check(why_no_thread_count)
      ->type_name("T");
}

}  // namespace ketsim
