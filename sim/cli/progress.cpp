#include "progress.hpp"

#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "terminal.hpp"

namespace ketsim {
namespace {

constexpr std::chrono::milliseconds between_drawings{100};
constexpr std::size_t bar_width = 30;
constexpr const char* clear_line = "\r\x1b[K";

std::string duration_text(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

Progress::Progress(bool wanted, std::string what)
    : is_on_(wanted && is_stderr_terminal()), what_(std::move(what)) {}

Progress::~Progress() {
  if (is_drawn_) std::fputs(clear_line, stderr);
}

void Progress::update(std::size_t done, std::size_t total) {
  const Clock::time_point now = Clock::now();
  if (!is_on_ || total == 0 || (is_drawn_ && now - drawn_ < between_drawings)) return;
  draw(done, total, std::chrono::duration<double>(now - start_).count());
  is_drawn_ = true;
  drawn_ = now;
}

void Progress::draw(std::size_t done, std::size_t total, double seconds) const {
  const std::size_t filled = bar_width * done / total;
  std::string line =
      fmt::format("{}[{}{}] {}/{} {} {:3} %", clear_line, std::string(filled, '#'),
                  std::string(bar_width - filled, '.'), done, total, what_, 100 * done / total);
  if (done > 0) {
    const double left = seconds / static_cast<double>(done) * static_cast<double>(total - done);
    line += ", " + duration_text(left) + " left";
  }
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace ketsim
