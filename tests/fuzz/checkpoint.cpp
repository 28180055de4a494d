// Checkpoints of worlds: the input is a list of changes to one that was saved. It is refused, or gives a
// world that saves itself as it was read and goes on to its end, or to a contract that a made-up number breaks.
#include "fuzz.hpp"

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/base/contracts.hpp"
#include "support/small_world.hpp"

namespace ketsim {
namespace {

const std::shared_ptr<const Setup>& setup() {
  static const std::shared_ptr<const Setup> shared =
      setup_of("rocket.yaml", {"population.agents=40", "time.end=2017-12", "horizons=[2017-06]"});
  return shared;
}

const std::string& saved() {
  static const std::string bytes = [] {
    Simulation simulation(setup(), 1, 0);
    for (int month = 0; month < 40; ++month) simulation.step();
    return simulation.save();
  }();
  return bytes;
}

void restore(const std::string& bytes) {
  try {
    Simulation simulation(setup(), 1, 0, bytes);
    demand(simulation.save() == bytes, "a world saves itself as it was read");
    simulation.run();
  } catch (const DamagedBytes&) {
  } catch (const ContractViolation&) {
  }
}

}  // namespace
}  // namespace ketsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ketsim::restore(ketsim::Bytes(data, size).edited(ketsim::saved()));
  return 0;
}
