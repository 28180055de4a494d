// The month, phase by phase. Processes name the phase they act in; the order here is the order of a month.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ketsim {

enum class Phase : std::uint8_t {
  enter,
  inform,
  learn,
  decide,
  match,
  apply_for_funds,
  award,
  deliver,
  spill_over,
  account,
  exit,
  observe
};

struct PhaseInfo {
  Phase phase;
  std::string_view name;
  std::string_view doc;
};

inline constexpr std::array phases{
    PhaseInfo{Phase::enter, "enter", "a new month: books and logs are opened, firms enter"},
    PhaseInfo{Phase::inform, "inform", "media and peers make firms aware"},
    PhaseInfo{Phase::learn, "learn", "knowledge is built, passed on and overtaken by the frontier"},
    PhaseInfo{Phase::decide, "decide", "firms, institutes and intermediaries review what they know and act"},
    PhaseInfo{Phase::match, "match", "leads look for partners"},
    PhaseInfo{Phase::apply_for_funds, "apply_for_funds", "consortia submit proposals"},
    PhaseInfo{Phase::award, "award", "juries score, policies choose, programmes commit money"},
    PhaseInfo{Phase::deliver, "deliver", "programmes act in person; projects work, claim and end"},
    PhaseInfo{Phase::spill_over, "spill_over", "rivals, costs and ties feel what happened"},
    PhaseInfo{Phase::account, "account", "margins come in; programmes pay and close; books are checked"},
    PhaseInfo{Phase::exit, "exit", "firms leave"},
    PhaseInfo{Phase::observe, "observe", "outputs are recorded"}};

[[nodiscard]] constexpr const PhaseInfo& info(Phase phase) {
  return phases[static_cast<std::size_t>(phase)];
}

}  // namespace ketsim
