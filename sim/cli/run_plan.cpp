#include "run_plan.hpp"

#include <fmt/format.h>

#include "ketsim/base/byte_stream.hpp"
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
  Head head;
  ByteReader reader(bytes);
  reader(head.program);
  if (head.program != program_text())
    throw InputError(
        fmt::format("{}: was written by {}, this is {}; only the same program goes on to the same results",
                    file, head.program, program_text()));
  ByteReader again(bytes);
  again(head);
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
