#include "ketsim/parallel/pipeline.hpp"

#include "crew.hpp"
#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/handover.hpp"

#ifndef KETSIM_SERIAL
#include <tbb/parallel_pipeline.h>
#endif

namespace ketsim {
namespace {

void check_steps(std::size_t in_flight, const std::vector<PipelineStep>& steps) {
  expect(in_flight > 0, "a pipeline holds something");
  expect(!steps.empty() && steps.back().is_in_order, "items leave a pipeline in order");
}

}  // namespace

#ifdef KETSIM_SERIAL

void run_pipeline(std::size_t count, std::size_t in_flight, const std::vector<PipelineStep>& steps) {
  check_steps(in_flight, steps);
  for (std::size_t item = 0; item < count; ++item) {
    for (const PipelineStep& step : steps) step.work(item);
  }
}

#else

namespace {

tbb::filter_mode mode_of(const PipelineStep& step) {
  return step.is_in_order ? tbb::filter_mode::serial_in_order : tbb::filter_mode::parallel;
}

//! What TBB guarantees, for the sanitizer: a step follows the item's step before, and where it is in order
//! also the same step of the item before.
class Order {
 public:
  Order(std::size_t in_flight, std::size_t steps) : items_(in_flight), steps_(steps) {}

  void take(std::size_t item, std::size_t number, const PipelineStep& step) {
    const detail::Baton::Turn after_last_step(items_[item % items_.size()]);
    if (!step.is_in_order) return step.work(item);
    const detail::Baton::Turn after_last_item(steps_[number]);
    step.work(item);
  }

 private:
  std::vector<detail::Baton> items_;
  std::vector<detail::Baton> steps_;
};

}  // namespace

void run_pipeline(std::size_t count, std::size_t in_flight, const std::vector<PipelineStep>& steps) {
  check_steps(in_flight, steps);
  detail::Crowd crowd(count);
  Order order(in_flight, steps.size());
  std::size_t next = 0;
  detail::Baton entrance;
  detail::Handover handover;  // of all above
  const auto take = [&](std::size_t item, std::size_t number) {
    const detail::Handover::Part part(handover);
    order.take(item, number, steps[number]);
    if (number == 0) crowd.leave();  // the work is in the first step; others wait, or are short
  };
  auto filters = tbb::make_filter<void, std::size_t>(  //
      tbb::filter_mode::serial_in_order, [&handover, &next, &entrance, count](tbb::flow_control& control) {
        const detail::Handover::Part part(handover);
        const detail::Baton::Turn after_last_item(entrance);
        if (next == count) control.stop();
        return next == count ? next : next++;
      });
  const std::size_t last = steps.size() - 1;
  for (std::size_t number = 0; number < last; ++number) {
    filters &= tbb::make_filter<std::size_t, std::size_t>(  //
        mode_of(steps[number]), [&take, number](std::size_t item) {
          take(item, number);
          return item;
        });
  }
  tbb::parallel_pipeline(
      in_flight, filters & tbb::make_filter<std::size_t, void>(
                               mode_of(steps[last]), [&take, last](std::size_t item) { take(item, last); }));
}

#endif

}  // namespace ketsim
