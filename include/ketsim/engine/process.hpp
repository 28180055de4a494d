// Process: a mechanism of the model that acts once a month in one phase. Each is one file in sim/processes
// that registers itself with its schema and with what it reads and writes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ketsim/describe/schema.hpp"
#include "ketsim/engine/phase.hpp"
#include "ketsim/engine/setup.hpp"

namespace ketsim {

//! It holds nothing from one month to the next but what follows from the world: what it would remember
//! belongs there, so that checkpoints and audits see it.
class Process {
 public:
  virtual ~Process() = default;
  virtual void step(Context& context) = 0;
};

//! Every process can be switched off, to see what it does to the results.
struct ProcessParameters {
  bool enabled = true;
};

//! Declaration of the switch, the first of every process.
[[nodiscard]] Declaration enabled_declaration();

struct ProcessEntry {
  const AnySchema* schema = nullptr;
  Phase phase = Phase::observe;
  int order = 0;  //!< among the processes of a phase, ascending
  std::string reads;
  std::string writes;
  std::function<bool(const Parameters&)> is_enabled;
  std::function<std::unique_ptr<Process>(const Setup&, const Parameters&)> make;
};

void register_process(ProcessEntry entry);
//! All processes in the order of the month.
[[nodiscard]] const std::vector<ProcessEntry>& schedule();

//! `const RegisterProcess<T> registered{schema, Phase::inform, 10, "reads", "writes"};` at file scope.
template <class T>
struct RegisterProcess {
  RegisterProcess(const AnySchema& schema, Phase phase, int order, std::string reads, std::string writes) {
    register_process(
        {&schema, phase, order, std::move(reads), std::move(writes),
         [](const Parameters& parameters) { return parameters.as<typename T::Parameters>().enabled; },
         [](const Setup& setup, const Parameters& parameters) {
           return std::make_unique<T>(setup, parameters.as<typename T::Parameters>());
         }});
  }
};

}  // namespace ketsim
