// Tasks on the threads of TBB, the limit of threads, and a serial twin of both. Loops over blocks: crew.cpp.
//
// The simple partitioner with a grain of one hands out one block or task at a time. TBB's default would merge
// blocks depending on which threads are idle; harmless to results, as blocks are cut beforehand, but it
// balances worse.
#include "ketsim/parallel/rows.hpp"

#include "crew.hpp"
#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/handover.hpp"

#ifdef KETSIM_SERIAL

namespace ketsim {

void detail::run_tasks(std::size_t count, IndexFunction function) {
  run_blocks(count, 1, function);
}

// One thread is what a limit leaves at most, so there is nothing to control.
struct ThreadLimit::Control {};

ThreadLimit::ThreadLimit(int threads) {
  expect(threads >= 0, "a number of threads, 0 for all cores");
}

int available_threads() {
  return 1;
}

#else

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

namespace ketsim {

// A context of its own: an exception in one replicate would else cancel the loops of all others, which would
// go on with rows left out, and keep what comes of it.
void detail::run_tasks(std::size_t count, IndexFunction function) {
  Crowd crowd(count);
  Handover handover;
  tbb::task_group_context own(tbb::task_group_context::isolated);
  const auto run = [&handover, &crowd, function](const tbb::blocked_range<std::size_t>& range) {
    const Handover::Part part(handover);
    for (std::size_t i = range.begin(); i != range.end(); ++i) {
      function(i);
      crowd.leave();
    }
  };
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 1), run, tbb::simple_partitioner(), own);
}

struct ThreadLimit::Control {
  explicit Control(std::size_t threads) : bound(tbb::global_control::max_allowed_parallelism, threads) {}
  tbb::global_control bound;
};

ThreadLimit::ThreadLimit(int threads) {
  expect(threads >= 0, "a number of threads, 0 for all cores");
  if (threads > 0) control_ = std::make_unique<Control>(static_cast<std::size_t>(threads));
}

int available_threads() {
  // The control may allow more than the arena has places for, one for each core.
  const std::size_t allowed = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return std::min(static_cast<int>(allowed), tbb::this_task_arena::max_concurrency());
}

#endif

ThreadLimit::~ThreadLimit() = default;

void limit_threads(int threads) {
  [[maybe_unused]] static const ThreadLimit* const for_ever =
      std::make_unique<ThreadLimit>(threads).release();
}

}  // namespace ketsim
