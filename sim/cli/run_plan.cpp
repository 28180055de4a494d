#include "run_plan.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/experiment/measures.hpp"
#include "ketsim/io/result_scenario.hpp"
#include "versions.hpp"

namespace ketsim {
namespace {

//! The plan as it stands in a file.
struct Head {
  std::string program;
  std::string command;
  std::uint8_t firms = 0;
  std::uint8_t shapley = 0;
  std::uint8_t border_twin = 0;
  std::uint32_t direct = 0;
  std::int32_t every = 0;
  std::string until;  //!< measure; empty: none
  double relative_error = 0.0;
  std::vector<std::pair<std::string, std::string>> scenarios;  //!< name, resolved
  std::vector<std::pair<std::string, std::string>> inputs;     //!< path, text
};

template <class Stream>
void stream(Stream& bytes, Head& h) {
  bytes(h.program, h.command, h.firms, h.shapley, h.border_twin, h.direct, h.every, h.until, h.relative_error,
        h.scenarios, h.inputs);
}

Head read_head(const std::string& bytes, const std::string& file) {
  try {
    Head head;
    ByteReader reader(bytes);
    reader(head.program);
    if (head.program != program_text())
      throw InputError(
          fmt::format("{}: was written by {}, this is {}; only the same program goes on to the same results",
                      file, shortened(head.program), program_text()));
    ByteReader again(bytes);
    again(head);
    again.expect_end();
    return head;
  } catch (const DamagedBytes& damage) {
    throw InputError(fmt::format("{}: {}; run the command anew", file, damage.what()));
  }
}

//! What the command line lets through.
bool is_possible(const Head& head) {
  const std::size_t count = head.scenarios.size();
  const bool compares = head.command == "compare";
  std::set<std::string> names;
  for (const auto& [name, yaml] : head.scenarios) {
    if (!why_no_name(name).empty() || !names.insert(name).second) return false;
  }
  const std::vector<std::string> measures = names_with_interval();
  const bool has_goal = head.until.empty() || (std::ranges::find(measures, head.until) != measures.end() &&
                                               head.relative_error > 0.0);
  return (compares ? count >= 2 : head.command == "run" && count == 1) && has_goal && head.every >= 0 &&
         (compares || (head.until.empty() && head.shapley == 0 && head.border_twin == 0 && head.direct == 0));
}

}  // namespace

std::string head_of(const RunPlan& plan) {
  const ExperimentOptions& options = plan.options;
  Head head{program_text(),
            options.command,
            options.firms,
            options.shapley,
            options.border_twin,
            options.direct,
            options.kept.every,
            options.until ? options.until->measure : "",
            options.until ? options.until->relative_error : 0.0,
            {},
            {}};
  for (const LoadedScenario& loaded : plan.scenarios)
    head.scenarios.emplace_back(loaded.name, resolved_yaml(loaded.scenario));
  for (const InputText& input : plan.inputs) head.inputs.emplace_back(input.path, *input.text);
  ByteWriter bytes;
  bytes(head);
  return bytes.take();
}

RunPlan plan_of(const std::string& bytes, const std::string& file, Diagnostics& problems) {
  const Head head = read_head(bytes, file);
  if (!is_possible(head))
    throw InputError(fmt::format("{}: is not what an interrupted run leaves; run the command anew", file));
  RunPlan plan;
  ExperimentOptions& options = plan.options;
  options.command = head.command;
  options.firms = head.firms != 0;
  options.shapley = head.shapley != 0;
  options.border_twin = head.border_twin != 0;
  options.direct = head.direct;
  options.kept.every = head.every;
  if (!head.until.empty()) options.until = {head.until, head.relative_error};
  std::map<std::string, ResultInput> inputs;
  for (auto& [path, text] : head.inputs) inputs[path] = {text, {}};
  for (const auto& [name, yaml] : head.scenarios)
    plan.scenarios.push_back(load_resolved_scenario({name, yaml, inputs}, problems));
  plan.inputs = gather_inputs(plan.scenarios);
  return plan;
}

}  // namespace ketsim
