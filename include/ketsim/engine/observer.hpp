// Observer: reads the world at the end of each month and records outputs. One declaration per output; nothing
// flows back into the world.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ketsim/base/byte_stream.hpp"
#include "ketsim/engine/setup.hpp"
#include "ketsim/results/recorder.hpp"

namespace ketsim {

class Observer {
 public:
  virtual ~Observer() = default;
  [[nodiscard]] virtual std::vector<Series> series() const = 0;
  //! Before the first month: what can be worked out once.
  virtual void begin(const World& /*world*/) {}
  //! Records the month that ends.
  virtual void observe(const Context& context, Recorder& recorder) = 0;
  //! What it remembers from month to month, for checkpoints. Restored, it takes the place of begin().
  virtual void save(ByteWriter& /*bytes*/, const World& /*world*/) const {}
  virtual void restore(ByteReader& /*bytes*/, const World& /*world*/) {}
};

void register_observer(std::string name, std::function<std::unique_ptr<Observer>()> make);
//! One of each kind, in the order of their names.
[[nodiscard]] std::vector<std::unique_ptr<Observer>> make_observers();

template <class T>
struct RegisterObserver {
  explicit RegisterObserver(std::string name) {
    register_observer(std::move(name), [] { return std::make_unique<T>(); });
  }
};

//! Labels of every dimension that a series can name, for this scenario.
[[nodiscard]] std::vector<Dimension> dimensions_of(const Setup& setup);

}  // namespace ketsim
